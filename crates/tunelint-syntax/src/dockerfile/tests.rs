//! Tests of the reader of Dockerfiles, and where it agrees with another one.

use proptest::prelude::*;

use super::*;

fn texts(text: &str) -> Vec<(String, String)> {
    let instructions = parse(text).instructions.into_iter();
    instructions.map(|i| (i.name, i.text)).collect()
}

fn of(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

#[test]
fn lines_are_put_together() {
    let text = "# syntax=docker/dockerfile:1\n# note\nfrom a:1 AS b\n\nENV A=b \\ \n  # between\n\n  C=\"d \\\n e\"\r\nRUN x \\\\\nCMD y";
    assert_eq!(
        texts(text),
        [
            of("FROM", "a:1 AS b"),
            of("ENV", "A=b   C=\"d  e\""),
            of("RUN", "x \\\\"),
            of("CMD", "y"),
        ]
    );
    let env = &parse(text).instructions[1];
    let value = pairs(env, false).remove(1).value.expect("a value");
    assert_eq!(value.text, "d  e");
    assert_eq!(value.map.to_source(Span::new(3, 4)).of(text), "e");
    assert_eq!(env.span.of(text).lines().count(), 5);
    assert_eq!(env.keyword.of(text), "ENV");
}

#[test]
fn heredocs_are_skipped() {
    let text = "FROM a\nRUN <<EOF bash\nFROM x\nEOF\nCOPY --chown=u <<-\"A\" <<B /x\n1\n\tA\n2\nB\nUSER u\n";
    let found = parse(text);
    let names: Vec<&str> = found.instructions.iter().map(|i| &*i.name).collect();
    assert_eq!(names, ["FROM", "RUN", "COPY", "USER"]);
    assert_eq!(found.instructions[2].heredocs.len(), 2);
    assert_eq!(
        found.instructions[2].options,
        [("chown".into(), "u".into())]
    );
    assert_eq!(found.instructions[1].heredocs[0].of(text), "FROM x\nEOF\n");
}

#[test]
fn pairs_are_read() {
    let read = |text: &str| -> Vec<(String, Option<String>, bool)> {
        let found = parse(text);
        let pairs = pairs(&found.instructions[0], found.backquote_escapes).into_iter();
        pairs
            .map(|pair| {
                let expands = pair.value.as_ref().is_some_and(|v| v.has_expansion);
                (pair.name.text, pair.value.map(|v| v.text), expands)
            })
            .collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        read("ENV A=\"-Xa -Xb\" B=c\\ d E='$f' G=$h"),
        [
            ("A".into(), some("-Xa -Xb"), false),
            ("B".into(), some("c d"), false),
            ("E".into(), some("$f"), false),
            ("G".into(), some("$h"), true),
        ]
    );
    assert_eq!(
        read("ENV JAVA_OPTS -Xa  -Xb"),
        [("JAVA_OPTS".into(), some("-Xa  -Xb"), false)]
    );
    assert_eq!(
        read("ARG A B=c"),
        [("A".into(), None, false), ("B".into(), some("c"), false)]
    );
    assert_eq!(
        read("# escape=`\nENV A=c:\\d B=`$x"),
        [
            ("A".into(), some("c:\\d"), false),
            ("B".into(), some("$x"), false)
        ]
    );
    assert!(read("ENV").is_empty());
}

#[test]
fn exec_forms_are_lists_of_strings() {
    let read = |text: &str| {
        let found = parse(text);
        let words = exec_form(&found.instructions[0])?;
        Some(words.into_iter().map(|w| w.text).collect::<Vec<_>>())
    };
    assert_eq!(
        read("CMD [ \"java\" , \"-Da=\\\"b\\u00e9\\n\" ]"),
        Some(vec!["java".to_owned(), "-Da=\"bé\n".to_owned()])
    );
    assert_eq!(read("CMD []"), Some(Vec::new()));
    for text in [
        "CMD ['a']",
        "CMD [\"a\",]",
        "CMD [\"a\"] b",
        "CMD [\"a",
        "CMD a",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

fn keyword<'i>(instruction: &'i parse_dockerfile::Instruction<'_>) -> &'i std::ops::Range<usize> {
    use parse_dockerfile::Instruction as Theirs;
    match instruction {
        Theirs::Arg(i) => &i.arg.span,
        Theirs::Cmd(i) => &i.cmd.span,
        Theirs::Copy(i) => &i.copy.span,
        Theirs::Entrypoint(i) => &i.entrypoint.span,
        Theirs::Env(i) => &i.env.span,
        Theirs::Expose(i) => &i.expose.span,
        Theirs::From(i) => &i.from.span,
        Theirs::Run(i) => &i.run.span,
        Theirs::User(i) => &i.user.span,
        other => panic!("{other:?} is in no file here"),
    }
}

/// The same instructions as the crate `parse-dockerfile` finds, at the same places, wherever that
/// does not refuse the file; ours never does, and keeps the way back through continuations.
#[test]
fn agrees_with_parse_dockerfile() {
    let files = [
        "FROM a:1 AS b\nENV A=b\nFROM b\nENTRYPOINT [\"java\"]\n",
        "# escape=`\nFROM a\nRUN x `\n  y\nCMD z\n",
        "ARG V=1\nFROM a:$V\nRUN --mount=type=cache,target=/x <<EOF\nFROM no\nEOF\nUSER u\n",
        "FROM a\nRUN a && \\\n  # c\n  b\nCOPY --from=x y z\nEXPOSE 1\n",
        "FROM a\r\nENV A=\"b c\" \\\r\n    D=e\r\n",
    ];
    for text in files {
        let theirs = parse_dockerfile::parse(text).expect(text);
        let theirs: Vec<&str> = theirs
            .instructions
            .iter()
            .map(|i| &text[keyword(i).clone()])
            .collect();
        let ours = parse(text);
        let ours: Vec<&str> = ours
            .instructions
            .iter()
            .map(|i| i.keyword.of(text))
            .collect();
        assert_eq!(ours, theirs, "{text}");
    }
}

proptest! {
    #[test]
    fn survives_and_maps(text in "(FROM a\n|ENV |A=\"|b\\\\\n|#c\n|<<E|E\n|\\[\"|\",|\"\\]|CMD |RUN | |é|'|\\$X|`|\r\n|\n){0,24}") {
        let found = parse(&text);
        let mut last = 0;
        for instruction in &found.instructions {
            prop_assert!(instruction.span.start >= last);
            last = instruction.span.end;
            prop_assert!(text.get(instruction.span.range()).is_some());
            prop_assert_eq!(instruction.map.decoded_len(), instruction.text.len());
            let mut all = words(instruction, found.backquote_escapes);
            all.extend(exec_form(instruction).into_iter().flatten());
            for pair in pairs(instruction, found.backquote_escapes) {
                all.push(pair.name);
                all.extend(pair.value);
            }
            for word in all {
                prop_assert_eq!(word.map.decoded_len(), word.text.len());
                let place = word.map.to_source(Span::new(0, word.text.len()));
                prop_assert!(text.get(place.range()).is_some());
            }
        }
    }
}
