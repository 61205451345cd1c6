//! Tests of the reader of shell scripts.

use proptest::prelude::*;

use super::*;

fn words(text: &str) -> Vec<Vec<String>> {
    let commands = parse(text).commands.into_iter();
    commands
        .map(|command| command.words.into_iter().map(|word| word.text).collect())
        .collect()
}

#[test]
fn reads_quotes_escapes_and_continuations() {
    assert_eq!(
        words("java -Da=\"b \\\"c\\d\\$\" 'e\\' f\\ g h#i \\\n  -j a\\\nb # note\n"),
        [["java", "-Da=b \"c\\d$", "e\\", "f g", "h#i", "-j", "ab"]]
    );
    let expected: [&[&str]; 1] = [&["a", "", "x"]];
    assert_eq!(words("a '' x"), expected);
}

#[test]
fn separates_commands() {
    assert_eq!(
        words("a; b && c || d | e & (f) { g; }\nif h; then i; else j; fi"),
        [
            ["a"],
            ["b"],
            ["c"],
            ["d"],
            ["e"],
            ["f"],
            ["g"],
            ["h"],
            ["i"],
            ["j"]
        ]
        .map(|words| words.map(str::to_owned).to_vec())
        .to_vec()
    );
    assert_eq!(
        words(
            "for x in 1 2; do a; done\ncase $1 in x|y) b ;; (z) c ;; esac\nf() { d; }\nfunction g { e; }\n((x<<2))"
        ),
        [["a"], ["b"], ["c"], ["d"], ["e"]]
    );
}

#[test]
fn leaves_out_redirections_and_heredocs() {
    assert_eq!(
        words("a x >f 2>&1 <g y\ncat <<-'E O' | b\n\tc d\n\tE O\ne &>f"),
        [vec!["a", "x", "y"], vec!["cat"], vec!["b"], vec!["e"]]
    );
}

#[test]
fn knows_assignments() {
    let text = "export A=b C=\"d $E\"; F='g h' I= java -x; J+=(k\n l)\nenv K=v\n";
    let script = parse(text);
    let set: Vec<_> = script
        .commands
        .iter()
        .flat_map(|command| &command.assignments)
        .map(|a| {
            (
                a.name.as_str(),
                a.value.text.as_str(),
                a.value.span.of(text),
            )
        })
        .collect();
    assert_eq!(
        set,
        [
            ("A", "b", "b"),
            ("C", "d $E", "\"d $E\""),
            ("F", "g h", "'g h'"),
            ("I", "", ""),
            ("J", "(k\n l)", "(k\n l)"),
        ]
    );
    let value = &script.commands[1].assignments[0].value;
    assert_eq!(value.map.to_source(Span::new(2, 3)).of(text), "h");
    assert_eq!(script.commands[1].words[0].text, "java");
    assert_eq!(script.commands[0].words.len(), 3);
    assert_eq!(script.commands[2].span.of(text), "J+=(k\n l)");
}

#[test]
fn marks_expansions() {
    let all = split_words("a $B \"${C:-d e}\" $(f \")\" g) `h` '$I' \\$J k$ \"$\" $'l'");
    let seen: Vec<_> = all
        .iter()
        .map(|w| (w.text.as_str(), w.has_expansion))
        .collect();
    assert_eq!(
        seen,
        [
            ("a", false),
            ("$B", true),
            ("${C:-d e}", true),
            ("$(f \")\" g)", true),
            ("`h`", true),
            ("$I", false),
            ("$J", false),
            ("k$", false),
            ("$", false),
            ("$'l'", true),
        ]
    );
}

#[test]
fn split_words_knows_no_operators() {
    let texts = |text: &str| -> Vec<String> {
        split_words(text)
            .into_iter()
            .map(|word| word.text)
            .collect()
    };
    assert_eq!(
        texts(" -Xmx1g\t#x;y\n-Da='b c' "),
        ["-Xmx1g", "#x;y", "-Da=b c"]
    );
    assert_eq!(texts("a \\\n b \"\""), ["a", "b", ""]);
}

/// The kinds and sources of the cuts, and the word that runs as a command.
fn broken(text: &str) -> Vec<(Vec<(BreakKind, &str)>, &str)> {
    parse(text)
        .broken_continuations
        .iter()
        .map(|broken| {
            let lines = broken.lines.iter();
            let lines = lines.map(|line| (line.kind, line.span.of(text))).collect();
            (lines, broken.next.of(text))
        })
        .collect()
}

#[test]
fn finds_broken_continuations() {
    use BreakKind::*;
    assert_eq!(
        broken("a \\  \n -b\n"),
        [(vec![(TrailingBlanks, "\\  ")], "-b")]
    );
    assert_eq!(
        broken("a \\ # it's x\r\n -b \\\r\n -c \\  # y\r\n -d\r\n"),
        [(
            vec![
                (TrailingComment, "\\ # it's x"),
                (TrailingComment, "\\  # y")
            ],
            "-b"
        )]
    );
    assert_eq!(
        broken("a \\\n # x\n -b\n"),
        [(vec![(CommentLine, " # x\n")], "-b")]
    );
    assert_eq!(broken("a \\\n\n -b\n"), [(vec![(BlankLine, "\n")], "-b")]);
    assert_eq!(
        broken("a # x \\\n -b\n"),
        [(vec![(InsideComment, "\\")], "-b")]
    );
    assert_eq!(
        broken("a \\\n # x \\\n # y \\\n -b\n"),
        [(
            vec![(CommentLine, " # x \\\n"), (CommentLine, " # y \\\n")],
            "-b"
        )]
    );
}

#[test]
fn a_broken_command_is_one_finding() {
    let text = "java \\ # a\n -b \\ # c\n -d e\nls \\\n -l\nps \\ \n -e\n";
    let script = parse(text);
    assert_eq!(script.broken_continuations.len(), 2);
    let [first, second] = &script.broken_continuations[..] else {
        panic!("two")
    };
    assert_eq!(first.command.of(text), "java");
    assert_eq!(first.commands, 0..3);
    assert_eq!(first.lines.len(), 2);
    assert_eq!(second.command.of(text), "ps");
    assert_eq!(second.commands, 4..6);
}

#[test]
fn leaves_sound_continuations_alone() {
    for text in [
        "a \\\n -b \\\n -c\n",
        "a \\\n\nb\n",
        "a \\\n# note\nb\n",
        "a \\ \n\nb\n",
        "a \\ ",
        "IFS=\\ \nb\n",
        "a && \\\n# note\nb\n",
        "a # note\n-b\n",
        "a 'x \\ \n -b'\n",
        "cat <<E\na \\ \n -b\nE\n",
        "# a \\\n-b\n",
        "a \\\r\n -b\r\n",
    ] {
        assert_eq!(broken(text), [], "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(units in prop::collection::vec(prop::sample::select(vec![
        "a", "é", " ", "\n", "\r\n", "\\", "'", "\"", "`", "$", "${", "$(", "(", ")", "}", "{", "#", ";", ";;", "&", "|",
        "<", ">", "<<", "case ", " in ", "esac", "for ", "A=", "-b", "\\ ", "export ", "1", "\r", "function ",
    ]), 0..30)) {
        let text = units.concat();
        let script = parse(&text);
        for command in &script.commands {
            prop_assert!(text.get(command.span.range()).is_some());
            for word in command.words.iter().chain(command.assignments.iter().map(|a| &a.value)) {
                prop_assert!(text.get(word.span.range()).is_some());
                prop_assert_eq!(word.map.decoded_len(), word.text.len());
                let whole = word.map.to_source(Span::new(0, word.text.len()));
                prop_assert!(word.text.is_empty() || word.span.contains(whole));
            }
        }
        for broken in &script.broken_continuations {
            prop_assert!(broken.commands.end <= script.commands.len());
            prop_assert!(!broken.lines.is_empty());
        }
        for word in split_words(&text) {
            prop_assert!(text.get(word.span.range()).is_some());
        }
    }
}
