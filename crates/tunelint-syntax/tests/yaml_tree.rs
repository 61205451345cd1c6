//! Trees: spans, aliases, merge keys, duplicates, JSON, limits.

use tunelint_syntax::yaml::{Kind, Node, Yaml, parse};

fn root(yaml: &Yaml) -> Node<'_> {
    yaml.roots().next().expect("a document")
}

#[test]
fn spans_and_paths() {
    let text = "a: # note\n- b: 1\n  c: [x, {y: z}]\n-\ne:\nf: g\n";
    let yaml = parse(text);
    let root = root(&yaml);
    let items = root.get("a").expect("a");
    assert_eq!(
        items.span().of(text),
        "- b: 1\n  c: [x, {y: z}]\n-".trim_end_matches("\n-")
    );
    let first = items.items().next().expect("an item");
    assert_eq!(first.span().of(text), "b: 1\n  c: [x, {y: z}]");
    let inner = first
        .get("c")
        .and_then(|c| c.items().next_back())
        .expect("a mapping");
    assert_eq!(inner.span().of(text), "{y: z}");
    assert_eq!(inner.at(&["y"]).and_then(Node::as_str), Some("z"));
    assert_eq!(
        root.get("e").map(|e| e.span().start as usize),
        text.find("e:").map(|i| i + 2)
    );
    assert_eq!(
        root.pairs().next_back().map(|p| p.span().of(text)),
        Some("f: g")
    );
    assert_eq!(yaml.comments[0].span.of(text), "# note");
}

#[test]
fn documents_follow_one_another() {
    let text = "# head\n%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n--- b\n---\n---\n{c: d}\n";
    let yaml = parse(text);
    assert_eq!(yaml.errors, []);
    let starts: Vec<&str> = yaml
        .documents
        .iter()
        .map(|d| d.span.of(text).trim_end())
        .collect();
    assert_eq!(starts.len(), 4, "{starts:?}");
    assert_eq!(yaml.roots().count(), 3);
}

#[test]
fn aliases_and_merge_keys() {
    let text =
        "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nuse:\n  <<: [*b, *m]\n  x: 0\nsame: *b\n";
    let yaml = parse(text);
    let root = root(&yaml);
    let get = |key| root.at(&["use", key]).and_then(Node::as_str);
    assert_eq!(
        (get("x"), get("y"), get("z"), get("<<")),
        (Some("0"), Some("2"), Some("4"), None)
    );
    let entries = root.get("use").expect("use").entries();
    let names: Vec<_> = entries.filter_map(|p| p.name()).collect();
    assert_eq!(names, ["x", "y", "z"]);
    let same = root.get("same").expect("same");
    assert_eq!(same.alias().map(|a| a.of(text)), Some("*b"));
    assert_eq!(same.span().of(text), "{x: 1, y: 2}");
    assert_eq!(same.anchor().map(|a| &*a.name), Some("b"));
}

#[test]
fn bad_aliases_are_told_and_lead_nowhere() {
    let text = "a: *none\nb: &b [*b]\n";
    let yaml = parse(text);
    let places: Vec<_> = yaml.errors.iter().map(|e| e.span.of(text)).collect();
    assert_eq!(places, ["*none", "*b"]);
    assert!(root(&yaml).get("a").is_some_and(Node::is_unknown));
}

#[test]
fn a_walk_over_an_alias_bomb_ends() {
    let mut text = "a0: &a0 [x, x]\n".to_owned();
    for i in 1..60 {
        text += &format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1);
    }
    let yaml = parse(&text);
    assert_eq!(yaml.errors.len(), 1);
    assert!(size(root(&yaml)) < 1_000_000);
}

fn size(node: Node<'_>) -> usize {
    let own: usize = node.items().map(size).sum();
    1 + own + node.pairs().map(|p| size(p.value)).sum::<usize>()
}

#[test]
fn duplicates_are_kept_and_listed() {
    let text = "a: 1\nb: 2\n'a': 3\n<<: {}\n<<: {}\n";
    let yaml = parse(text);
    let root = root(&yaml);
    assert_eq!(root.pairs().len(), 5);
    assert_eq!(root.get("a").and_then(Node::as_str), Some("3"));
    let found: Vec<_> = yaml
        .duplicates
        .iter()
        .map(|d| (d.first.of(text), d.again.of(text)))
        .collect();
    assert_eq!(found, [("a", "'a'")]);
}

#[test]
fn json_may_be_indented_by_tabs() {
    let text = "{\n\t\"kind\": \"Pod\",\n\t\"spec\": {\n\t\t\"n\":1,\n\t\t\"l\":[\t]}\n}\n";
    let yaml = parse(text);
    assert_eq!(yaml.errors, []);
    assert_eq!(
        root(&yaml).at(&["spec", "n"]).and_then(Node::as_str),
        Some("1")
    );
    assert!(matches!(
        root(&yaml).at(&["spec", "l"]).map(|l| l.kind()),
        Some(Kind::Sequence(_))
    ));
}

#[test]
fn deep_nesting_is_an_error() {
    for piece in ["- ", "[", "{a: ", "? ", "[{"] {
        let yaml = parse(&piece.repeat(20_000));
        assert!(!yaml.errors.is_empty(), "{piece}");
    }
}
