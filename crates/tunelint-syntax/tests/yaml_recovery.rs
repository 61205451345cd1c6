//! Broken texts and templates: what stays readable, and what is told.

use tunelint_syntax::yaml::{Node, Yaml, parse};

fn value<'a>(yaml: &'a Yaml, path: &[&str]) -> Option<&'a str> {
    yaml.roots()
        .find_map(|root| root.at(path))
        .and_then(Node::as_str)
}

#[test]
fn a_broken_line_hides_no_other() {
    let cases = [
        ("a: 1\nb: \"x\nc: 3\n", "\"x"),
        ("a: 1\nb: [x, y\nc: 3\n", ":"),
        ("a: 1\nb: x: y\nc: 3\n", ":"),
        ("a: 1\n\tb: x\nc: 3\n", "b:"),
        ("a: 1\nb: {x: 1\nc: 3\n", ":"),
        ("a: 1\nb: @x\nc: 3\n", "@x"),
        ("a: 1\n   b: x\nc: 3\n", ":"),
    ];
    for (text, place) in cases {
        let yaml = parse(text);
        assert_eq!(yaml.errors.len(), 1, "{text:?} {:?}", yaml.errors);
        assert_eq!(yaml.errors[0].span.of(text), place, "{text:?}");
        assert_eq!(value(&yaml, &["c"]), Some("3"), "{text:?}");
        assert!(yaml.documents[0].broken);
    }
}

#[test]
fn what_could_not_be_read_is_unknown_and_not_absent() {
    let yaml = parse("limits:\n  memory: \"1Gi\n  cpu: 1\n");
    let root = yaml.roots().next().expect("a document");
    assert!(root.at(&["limits", "memory"]).is_some_and(Node::is_unknown));
    assert_eq!(value(&yaml, &["limits", "cpu"]), Some("1"));
}

#[test]
fn a_broken_document_hides_no_other() {
    let text = "a: 1\n---\nb: [\n---\nc: 3\n";
    let yaml = parse(text);
    let broken: Vec<_> = yaml.documents.iter().map(|d| d.broken).collect();
    assert_eq!(broken, [false, true, false]);
    assert_eq!(value(&yaml, &["c"]), Some("3"));
    assert_eq!(yaml.errors.len(), 1);
}

const CHART: &str = r#"{{- if .Values.on }}
kind: {{ .Values.kind | quote }}
meta:
  labels: {{- include "labels" . | nindent 4 }}
    own: x
  {{- with .Values.more }}
  more: "{{ . | default "a: b" }}-b"
  {{- end }}
{{/* a comment:
  on: two lines */}}
data:
  app.properties: |
    {{- range .Values.list }}
    name={{ . }}
{{- end }}
    last=1
kind: again
{{ $.key }}: v
{{- end }}
"#;

#[test]
fn a_chart_is_read_without_its_actions() {
    let yaml = parse(CHART);
    assert!(yaml.templated);
    assert_eq!(
        (&yaml.errors[..], &yaml.template_errors[..]),
        (&[][..], &[][..])
    );
    assert_eq!(yaml.duplicates, []);
    let root = yaml.roots().next().expect("a document");
    let kind = root
        .pairs()
        .next()
        .expect("kind")
        .value
        .scalar()
        .expect("a scalar");
    assert!(kind.templated);
    assert_eq!(&*kind.text, "{{ .Values.kind | quote }}");
    assert_eq!(value(&yaml, &["meta", "labels", "own"]), Some("x"));
    assert_eq!(
        value(&yaml, &["meta", "more"]),
        Some(r#"{{ . | default "a: b" }}-b"#)
    );
    let lines = value(&yaml, &["data", "app.properties"])
        .expect("text")
        .lines();
    let lines: Vec<_> = lines.map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(lines, ["name={{ . }}", "last=1"]);
    assert_eq!(value(&yaml, &["{{ $.key }}"]), Some("v"));
}

#[test]
fn actions_that_are_data_make_no_template() {
    let text =
        "summary: Broker {{ $labels.id }} is down\nq: '{{ x }}'\nt: |\n  {{ define }}\n# {{ c }}\n";
    let yaml = parse(text);
    assert!(!yaml.templated);
    assert_eq!(yaml.errors, []);
    assert_eq!(value(&yaml, &["t"]), Some("{{ define }}\n"));
    let root = yaml.roots().next().expect("a document");
    assert!(
        root.get("q")
            .and_then(Node::scalar)
            .is_some_and(|s| s.templated)
    );
}

#[test]
fn a_value_made_by_an_action_is_unknown() {
    let yaml = parse("spec:\n  {{- toYaml .Values.spec | nindent 2 }}\nb: 1\n");
    let root = yaml.roots().next().expect("a document");
    assert!(root.get("spec").is_some_and(Node::is_unknown));
}
