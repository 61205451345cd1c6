//! Scripts, lists of options and units of systemd: which options reach which JVM.

#[path = "support/show.rs"]
mod show;

use show::{flags, model};

const POD: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: registry.example/team/app:1\n";

fn pod(more: &str) -> String {
    format!("{POD}{more}")
}

#[test]
fn scripts_are_followed() {
    for (script, expected) in [
        (
            "O='-Xmx1g'\nO=\"$O -Xms1g\"\nexec java $O -jar a",
            vec!["-Xmx1g -Xms1g"],
        ),
        ("H=2g\njava -Xmx${H} -jar a", vec!["-Xmx2g"]),
        (
            "O=(-Xmx1g \"-Da=b\")\nO+=(-Xms1g)\njava \"${O[@]}\" -jar a",
            vec!["-Xmx1g -Da=b -Xms1g"],
        ),
        (
            "export JAVA_TOOL_OPTIONS=-Xmx1g\njava -Xss1m -jar a",
            vec!["-Xmx1g -Xss1m"],
        ),
        (
            "JAVA_TOOL_OPTIONS=-Xmx1g java -Xss1m -jar a",
            vec!["-Xmx1g -Xss1m"],
        ),
        (
            "JAVA_TOOL_OPTIONS=-Xmx1g\njava -Xss1m -jar a",
            vec!["-Xss1m", "-Xmx1g"],
        ),
        (
            "if [ $X ]; then O=-Xmx1g; fi\njava $O -Xss1m -jar a",
            vec!["-Xmx1g? -Xss1m"],
        ),
        (
            "if [ $X ]; then O=-Xmx1g; java $O -jar a; fi",
            vec!["-Xmx1g"],
        ),
        (
            "if [ $X ]; then O=-Xmx1g; else java $O -Xss1m -jar a; fi",
            vec!["$O -Xss1m", "-Xmx1g?"],
        ),
        (
            "if java -version 2>&1 | grep 1.8; then\n O=-XX:+PrintGCDetails\nelse\n O=-Xlog:gc\nfi\njava $O -Xss1m -jar a",
            vec!["-XX:+PrintGCDetails? -Xlog:gc? -Xss1m"],
        ),
        (
            "JAVA_VERSION=$(x)\ncase $JAVA_VERSION in 8) exec java -XX:+PrintGCDetails -jar a ;; *) exec java -Xlog:gc -jar a ;; esac",
            vec!["-XX:+PrintGCDetails?", "-Xlog:gc?"],
        ),
        (
            "O=-Xmx1g\n. ./env.sh\njava $O -Xss1m -jar a",
            vec!["-Xmx1g? -Xss1m"],
        ),
        ("C=\"java -Xmx1g\"\nexec $C -jar a", vec!["-Xmx1g"]),
        (
            "JAVA_OPTS=-Xmx1g\nJAVA_OPTS=\"$JAVA_OPTS -Xms1g\"\n./start.sh",
            vec!["-Xmx1g -Xms1g"],
        ),
        (
            "GC=-XX:+UseG1GC\nJAVA_OPTS=\"-Xmx1g $GC\"\n./start.sh",
            vec!["-Xmx1g -XX:+UseG1GC"],
        ),
        (
            "export KAFKA_OPTS=-Xss1m KAFKA_HEAP_OPTS=-Xmx1g\nbin/kafka-server-start.sh x",
            vec!["-Xmx1g -Xss1m"],
        ),
        (
            "KAFKA_HEAP_OPTS=-Xmx1g bin/kafka-server-start.sh x",
            vec!["-Xmx1g"],
        ),
        ("echo java -Xmx1g\nwhich java -Xmx2g", vec![]),
        (
            "f() { java $O -Xss1m -jar a; }\nO=-Xmx1g\nf",
            vec!["-Xmx1g? -Xss1m"],
        ),
    ] {
        assert_eq!(flags(&[("s.sh", script)]), expected, "{script}");
    }
}

#[test]
fn lists_hold_for_releases() {
    let list = "-Xms1g\n8-13:-XX:+UseConcMarkSweepGC\n14-:-XX:+UseG1GC\n";
    assert_eq!(
        flags(&[("jvm.options", list)]),
        ["-Xms1g -XX:+UseConcMarkSweepGC? -XX:+UseG1GC?"]
    );
    let dockerfile = "FROM openjdk:11\nCOPY jvm.options /\n";
    assert_eq!(
        flags(&[("jvm.options", list), ("Dockerfile", dockerfile)]),
        ["-Xms1g -XX:+UseConcMarkSweepGC"]
    );
}

#[test]
fn an_entry_point_is_looked_for_among_the_files() {
    let dockerfile = "FROM openjdk:17\nENV JAVA_OPTS=-Xmx1g\nCOPY docker/start.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n";
    let script =
        "#!/bin/sh\nJAVA_OPTS=\"$JAVA_OPTS -Xms1g\"\nexec java $JAVA_OPTS -Xss1m -jar a.jar\n";
    let shown = model(&[
        ("app/Dockerfile", dockerfile),
        ("app/docker/start.sh", script),
        ("p.yaml", &pod("")),
    ]);
    assert!(
        shown.starts_with("JVM of app on 17\n  -Xmx1g app/Dockerfile:2:15"),
        "{shown}"
    );
    assert!(shown.contains("-Xms1g app/docker/start.sh:2:23"), "{shown}");
    assert!(
        shown.contains("app: it is started by `app/docker/start.sh`"),
        "{shown}"
    );
}

#[test]
fn units_are_services() {
    let unit = "[Service]\nEnvironment=JAVA_OPTS=-Xmx1g\nEnvironment=\"A=%h/x\"\nExecStart=/usr/lib/jvm/jdk-17/bin/java $JAVA_OPTS \\\n  ${A} -Xmn1g -jar a.jar\nMemoryMax=2G\n";
    assert_eq!(
        model(&[("etc/app.service", unit)]),
        "JVM of app.service on 17, and more\n  -Xmx1g etc/app.service:2:23 \"-Xmx1g\"\n  ${A} etc/app.service:5:3 \"${A}\"\n  -Xmn1g etc/app.service:5:8 \"-Xmn1g\"\n"
    );
}
