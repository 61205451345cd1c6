//! Reports for people.

use super::*;
use expect_test::expect;

#[test]
fn a_finding_points_at_its_line() {
    check(
        &inline_comment(),
        &RenderOptions::default(),
        expect![[r#"
        error[inline-comment-in-value]: `linger.ms` is read as "20   # Default: 0"
            ╭─[docs/tuning.properties:47:11]
         46 │ batch.size=65536
         47 │ linger.ms=20   # Default: 0
            ·           ────────┬────────
            ·                   ╰── the comment is part of the value
         48 │ acks=all
            ╰────
          help: in a .properties file a comment stands on a line of its own; what
                follows a value belongs to it, blanks and all, and so the client refuses
                to start
          fix: move the comment to the line above (safe, applied by --fix)

        1 file checked: 1 error (1 fixable with --fix)
    "#]],
    );
}

#[test]
fn colours_change_nothing_but_colour() {
    let options = RenderOptions {
        look: Look {
            color: true,
            ..Look::default()
        },
        ..RenderOptions::default()
    };
    let mut plain = String::new();
    let colored = render(&inline_comment(), &options);
    let mut rest = colored.as_str();
    while let Some(start) = rest.find('\x1b') {
        plain.push_str(&rest[..start]);
        let end = rest[start..].find('m').expect("an end");
        rest = &rest[start + end + 1..];
    }
    plain.push_str(rest);
    assert_eq!(plain, render(&inline_comment(), &RenderOptions::default()));
    assert!(!colored.contains("\x1b]8"));
}

#[test]
fn related_places_have_their_frames() {
    check(
        &over_two_files(),
        &RenderOptions::default(),
        expect![[r#"
        warning[memory-limit-below-budget]: the process is expected to use 4.4 GiB when
          everything that it may take is taken, but the limit is 3 GiB
            ╭─[k8s/deployment.yaml:10:19]
          6 │         - name: JAVA_TOOL_OPTIONS
          7 │           value: -Xmx3g
            ·                  ───┬──
            ·                     ╰── the heap may take 3 GiB
          8 │       resources:
          9 │         limits:
         10 │           memory: 3Gi
            ·                   ───
         11 │           cpu: 2
            ╰────
           ╭─[config/streams.properties:2:1]
         1 │ application.id=fraud
         2 │ num.stream.threads=8
           · ──────────┬─────────
           ·           ╰── 8 threads with stacks of their own
         3 │
           ╰────
            ╭─[config/streams.properties:15:1]
         14 │
         15 │ rocksdb.config.setter=com.example.Setter
            · ────────────────────┬───────────────────
            ·                     ╰─┤ RocksDB takes memory outside of the heap, as
            ·                       │ much as the setter lets it have, which cannot be
            ·                       │ seen here
            ╰────
          fix: set the limit to 4608Mi (unsafe: --fix --unsafe-fixes)

        2 files checked: 1 warning (1 fixable with --fix --unsafe-fixes)
    "#]],
    );
    let wide = RenderOptions {
        look: Look {
            width: 160,
            ..Look::default()
        },
        ..RenderOptions::default()
    };
    check(
        &over_two_files(),
        &wide,
        expect![[r#"
        warning[memory-limit-below-budget]: the process is expected to use 4.4 GiB when everything that it may take is taken, but the limit is 3 GiB
            ╭─[k8s/deployment.yaml:10:19]
          6 │         - name: JAVA_TOOL_OPTIONS
          7 │           value: -Xmx3g
            ·                  ───┬──
            ·                     ╰── the heap may take 3 GiB
          8 │       resources:
          9 │         limits:
         10 │           memory: 3Gi
            ·                   ───
         11 │           cpu: 2
            ╰────
           ╭─[config/streams.properties:2:1]
         1 │ application.id=fraud
         2 │ num.stream.threads=8
           · ──────────┬─────────
           ·           ╰── 8 threads with stacks of their own
         3 │
           ╰────
            ╭─[config/streams.properties:15:1]
         14 │
         15 │ rocksdb.config.setter=com.example.Setter
            · ────────────────────┬───────────────────
            ·                     ╰── RocksDB takes memory outside of the heap, as much as the setter lets it have, which cannot be seen here
            ╰────
          fix: set the limit to 4608Mi (unsafe: --fix --unsafe-fixes)

        2 files checked: 1 warning (1 fixable with --fix --unsafe-fixes)
    "#]],
    );
}

#[test]
fn long_lines_and_odd_characters_do_not_wreck_the_frame() {
    let long = format!(
        "{{\"a\":\"{}\",\"acks\":\"1\",\"b\":\"{}\"}}\nx\r\n\tgrün🎉=\x1b[31m\n",
        "x".repeat(300),
        "y".repeat(300)
    );
    let files = vec![file("connect/one-line.json", &long)];
    let one = finding(
        "acks-not-all",
        Severity::Error,
        "`acks` is 1",
        at(&files, 0, "\"1\""),
    );
    let two = finding(
        "odd",
        Severity::Info,
        "what is \x1b[31mthis",
        at(&files, 0, "\x1b[31m"),
    );
    let end = Location::new(FileId(0), Span::empty(long.len()));
    let three = finding(
        "end",
        Severity::Hint,
        "something is missing at the end",
        end,
    );
    let options = RenderOptions {
        min_severity: Severity::Hint,
        statistics: true,
        ..RenderOptions::default()
    };
    check(
        &report(files, vec![one, two, three]),
        &options,
        expect![[r#"
        error[acks-not-all]: `acks` is 1
           ╭─[connect/one-line.json:1:316]
         1 │ …xxxxxxxxx","acks":"1","b":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
           ·                    ───
         2 │ x
           ╰────

        info[odd]: what is �[31mthis
           ╭─[connect/one-line.json:3:8]
         2 │ x
         3 │     grün🎉=�[31m
           ·            ─────
           ╰────

        hint[end]: something is missing at the end
           ╭─[connect/one-line.json:4:1]
         3 │     grün🎉=�[31m
         4 │
           · ▲
           ╰────

        rule          error  warning  info  hint
        acks-not-all      1        ·     ·     ·
        end               ·        ·     ·     1
        odd               ·        ·     1     ·

        1 file checked: 1 error, 1 info, 1 hint
    "#]],
    );
}

#[test]
fn a_tall_place_is_cut_to_its_first_line() {
    let files = vec![file(
        "a.yaml",
        "a:\n  - 1\n  - 2\n  - 3\n  - 4\n  - 5\nb: 1\nc: 2\n",
    )];
    let tall = finding(
        "tall",
        Severity::Warning,
        "tall",
        at(&files, 0, "a:\n  - 1\n  - 2\n  - 3\n  - 4\n  - 5"),
    );
    let two = Diagnostic {
        related: vec![related(at(&files, 0, "b: 1\nc: 2"), "both of these")],
        ..finding("two", Severity::Warning, "two lines", at(&files, 0, "- 4"))
    };
    check(
        &report(files, vec![tall, two]),
        &RenderOptions::default(),
        expect![[r#"
        warning[tall]: tall
           ╭─[a.yaml:1:1]
         1 │ a:
           · ──
         2 │   - 1
           ╰────

        warning[two]: two lines
           ╭─[a.yaml:5:3]
         4 │       - 3
         5 │       - 4
           ·       ───
         6 │       - 5
         7 │ ╭─▶ b: 1
         8 │ ├─▶ c: 2
           · ╰──── both of these
           ╰────

        1 file checked: 2 warnings
    "#]],
    );
}

#[test]
fn nothing_to_say_is_said() {
    let files = vec![file(
        "producer.properties",
        "acks=all\nlinger.ms=5\nbatch.size=1\n",
    )];
    let hint = finding("h", Severity::Hint, "hm", at(&files, 0, "acks"));
    check(
        &report(files.clone(), Vec::new()),
        &RenderOptions::default(),
        expect![[r#"
        No problems in 1 file.
    "#]],
    );
    check(
        &report(files, vec![hint]),
        &RenderOptions::default(),
        expect![[r#"
        No problems in 1 file.
        1 hint not shown: --min-severity hint shows all.
    "#]],
    );
}
