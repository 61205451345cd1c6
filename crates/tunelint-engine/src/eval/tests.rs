//! Our evaluator against the interpreter of the `cel` crate, and unknown values against the rules.

use super::eval;
use crate::compile::compile;
use tunelint_base::{Entity, Text};
use tunelint_model::link::link;
use tunelint_model::{EntityRef, Options, SourceFile, Value, View};

/// Evaluates an expression of a rule about a client, for the client of a small producer file.
fn run(source: &str) -> Value<'static> {
    let text = "bootstrap.servers=a:9092\nacks=1\nlinger.ms=${LINGER}\nbatch.size=65536\n";
    let facts = tunelint_model::extract("producer.properties", text);
    let files = [SourceFile::new(
        "producer.properties".into(),
        Text::utf8(text),
        facts,
    )];
    let options = Options::default();
    let model = link(&files, &options);
    let view = View::new(&model, EntityRef::Client(0));
    let expr = tunelint_page::expression(source, 0)
        .unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
    let (node, _) =
        compile(&expr, Entity::Client).unwrap_or_else(|fault| panic!("{source}: {fault:?}"));
    match eval(&node, &view) {
        Value::Bool(value) => Value::Bool(value),
        Value::Int(value) => Value::Int(value),
        Value::Double(value) => Value::Double(value),
        Value::Str(text) => Value::str(text.into_owned()),
        Value::Absent => Value::Absent,
        Value::Unknown(what) => Value::unknown(what.into_owned()),
        Value::List(_) => Value::unknown("a list"),
    }
}

/// The same by the interpreter.
fn interpreted(source: &str) -> Value<'static> {
    let program =
        cel::Program::compile(source).unwrap_or_else(|errors| panic!("{source}: {errors}"));
    match program.execute(&cel::Context::default()) {
        Ok(cel::Value::Bool(value)) => Value::Bool(value),
        Ok(cel::Value::Int(value)) => Value::Int(value),
        Ok(cel::Value::Float(value)) => Value::Double(value),
        Ok(cel::Value::String(text)) => Value::str(text.to_string()),
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn both_evaluators_agree() {
    let numbers = [
        "1 + 2 * 3",
        "7 / 2",
        "-7 / 2",
        "7 % 3",
        "-7 % 3",
        "10 - 4 - 3",
        "2 * (3 + 4)",
        "-(3 - 5)",
        "1.5 * 2.0",
        "1.0 / 4.0",
    ];
    let sizes = [
        "1 < 2",
        "2 <= 2",
        "3 > 4",
        "3 >= 4",
        "1 == 1",
        "1 != 1",
        "1.5 < 2.5",
        "'a' < 'b'",
        "'a' == 'a'",
        "true != false",
        "'x' in ['x', 'y']",
        "'z' in ['x', 'y']",
        "!(1 > 2)",
        "1 < 2 ? 'yes' : 'no'",
        "1 > 2 ? 1 : 2",
    ];
    let logic = [
        "true && false",
        "true || false",
        "false || false",
        "true && true",
        "1 < 2 && 2 < 3 && 3 < 2",
        "1 > 2 || 2 > 3 || 3 > 2",
        "!true || true",
        "true ? false : true",
        "false && 1 / 0 == 0",
        "true || 1 / 0 == 0",
    ];
    let texts = [
        "'abc'.startsWith('ab')",
        "'abc'.endsWith('bc')",
        "'abc'.contains('d')",
        "size('abc')",
        "'é'.size()",
        "size(['a', 'b'])",
        "'a' + 'b'",
        "double(3)",
        "int(3.9)",
    ];
    for source in numbers.iter().chain(&sizes).chain(&logic).chain(&texts) {
        assert_eq!(run(source), interpreted(source), "{source}");
    }
}

#[test]
fn unknown_is_a_value_of_its_own() {
    let unknown = "cfg[\"linger.ms\"] > ms(\"1ms\")";
    assert_eq!(run(&format!("{unknown} || true")), Value::Bool(true));
    assert_eq!(run(&format!("true || {unknown}")), Value::Bool(true));
    assert_eq!(run(&format!("{unknown} && false")), Value::Bool(false));
    assert_eq!(run(&format!("false && {unknown}")), Value::Bool(false));
    for source in [
        unknown.to_owned(),
        format!("!({unknown})"),
        format!("{unknown} && true"),
        format!("false || {unknown}"),
    ] {
        assert!(matches!(run(&source), Value::Unknown(_)), "{source}");
    }
    assert_eq!(run("\"linger.ms\" in written"), Value::Bool(true));
    assert_eq!(run("\"retries\" in written"), Value::Bool(false));
    assert_eq!(
        run("cfg[\"batch.size\"] == bytes(\"64Ki\")"),
        Value::Bool(true)
    );
    assert_eq!(
        run("cfg[\"acks\"] == \"1\" && kafka.version >= version(\"4.0\")"),
        Value::Bool(true)
    );
}

#[test]
fn wrong_types_units_and_names_are_mistakes() {
    let mistakes = [
        ("1 + true", "do not go together"),
        ("cfg[\"linger.ms\"] > 20", "do not go together"),
        ("cfg[\"linger.ms\"] > bytes(\"1Ki\")", "do not go together"),
        ("cfg[\"lingre.ms\"] > ms(\"1s\")", "no key"),
        ("client.knid == \"producer\"", "no fact"),
        ("container.memory.limt > bytes(\"1Gi\")", "no fact"),
        ("setting.key == \"acks\"", "cannot ask"),
        ("client.kind && true", "is wanted"),
        ("client.kind.matches(\"[\")", "regular expression"),
    ];
    for (source, part) in mistakes {
        let expr = tunelint_page::expression(source, 0)
            .unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
        let fault = compile(&expr, Entity::Client).expect_err(source);
        assert!(fault.message.contains(part), "{source}: {}", fault.message);
    }
}
