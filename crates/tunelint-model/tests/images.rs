//! Images, manifests and Compose files: which options reach which JVM, and why.

#[path = "support/show.rs"]
mod show;

use show::{flags, model};
use tunelint_model::extract;

const POD: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: registry.example/team/app:1\n";

fn pod(more: &str) -> String {
    format!("{POD}{more}")
}

#[test]
fn carriers_stand_in_the_order_of_the_jvm() {
    let pod = pod(
        "          command: [sh, -c, 'exec java -Xmx4g $JAVA_OPTS -Xms4g -jar a.jar']\n          env:\n            - {name: _JAVA_OPTIONS, value: -Xmx5g}\n            - {name: JAVA_OPTS, value: -Xmx3g}\n            - {name: JDK_JAVA_OPTIONS, value: -Xmx2g}\n            - {name: JAVA_TOOL_OPTIONS, value: -Xmx1g}\n",
    );
    assert_eq!(
        flags(&[("a.yaml", &pod)]),
        ["-Xmx1g -Xmx2g -Xmx4g -Xmx3g -Xms4g -Xmx5g"]
    );
}

#[test]
fn an_image_is_joined_by_its_name() {
    let dockerfile = "FROM eclipse-temurin:21-jre\nENV JAVA_OPTS=\"-Xmx1g \\\n  -Xms1g\" JAVA_TOOL_OPTIONS=-Xss1m\nENTRYPOINT exec java $JAVA_OPTS -jar app.jar\n";
    let pod = pod("          env: [{name: JAVA_TOOL_OPTIONS, value: -Xss2m}]\n");
    let shown = model(&[("app/Dockerfile", dockerfile), ("k8s/app.yaml", &pod)]);
    assert_eq!(
        shown,
        "JVM of app on 21\n  -Xss2m k8s/app.yaml:10:50 \"-Xss2m\"\n  -Xmx1g app/Dockerfile:2:16 \"-Xmx1g\"\n  -Xms1g app/Dockerfile:3:3 \"-Xms1g\"\napp: `app/Dockerfile` builds its image `registry.example/team/app`: its folder is called so\n"
    );
}

#[test]
fn a_command_replaces_the_entry_point_and_arguments_the_command() {
    let exec = "FROM openjdk:17\nENTRYPOINT [\"java\", \"-Xmx1g\"]\nCMD [\"-Xms1g\", \"-jar\", \"a.jar\"]\n";
    let closed = "FROM openjdk:17\nENTRYPOINT [\"java\", \"-Xmx1g\", \"-jar\", \"a.jar\"]\nCMD [\"-Xms1g\"]\n";
    let shell = "FROM openjdk:17\nENTRYPOINT exec java -Xmx1g -jar a.jar\nCMD [\"-Xms1g\"]\n";
    let only_cmd = "FROM openjdk:17\nCMD [\"java\", \"-Xmx1g\", \"-jar\", \"a.jar\"]\n";
    for (dockerfile, more, expected) in [
        (exec, "", "-Xmx1g -Xms1g"),
        (
            exec,
            "          args: [-Xss1m, -jar, b.jar]\n",
            "-Xmx1g -Xss1m",
        ),
        (
            exec,
            "          command: [java, -Xmx2g, -jar, b.jar]\n",
            "-Xmx2g",
        ),
        (closed, "", "-Xmx1g"),
        (closed, "          args: [-Xss1m]\n", "-Xmx1g"),
        (shell, "          args: [-Xss1m]\n", "-Xmx1g"),
        (only_cmd, "", "-Xmx1g"),
        (
            only_cmd,
            "          args: [java, -Xss1m, -jar, b.jar]\n",
            "-Xss1m",
        ),
    ] {
        let pod = pod(more);
        let found = flags(&[("app/Dockerfile", dockerfile), ("a.yaml", &pod)]);
        assert_eq!(found, [expected], "{dockerfile}{more}");
    }
}

#[test]
fn stages_inherit_and_the_last_one_counts() {
    let dockerfile = "ARG J=17\nFROM maven:3-eclipse-temurin-21 AS build\nENV JAVA_TOOL_OPTIONS=-Xmx9g\nFROM eclipse-temurin:${J}-jre AS base\nENV JAVA_TOOL_OPTIONS=-Xmx1g H=2g\nENTRYPOINT [\"java\", \"-Xss1m\", \"-jar\", \"a\"]\nFROM base\nENV JAVA_OPTS=-Xms$H JDK_JAVA_OPTIONS=-Xmn${H}\n";
    let shown = model(&[("app/Dockerfile", dockerfile)]);
    assert_eq!(
        shown,
        "JVM of image of app/Dockerfile on 17, and more\n  -Xmx1g app/Dockerfile:5:23 \"-Xmx1g\"\n  -Xmn2g app/Dockerfile:8:39 \"-Xmn${H}\"\n  -Xss1m app/Dockerfile:6:22 \"-Xss1m\"\n"
    );
}

#[test]
fn java_is_known_from_packages_and_copies() {
    let java = |dockerfile: &str| {
        let text = format!("{dockerfile}\nENV JAVA_TOOL_OPTIONS=-Xmx1g\n");
        let shown = model(&[("app/Dockerfile", &text)]);
        shown.lines().next().unwrap_or("").to_owned()
    };
    for (dockerfile, expected) in [
        (
            "FROM debian\nRUN apt-get update && apt-get install -y openjdk-17-jre-headless",
            "17",
        ),
        ("FROM alpine\nRUN apk add --no-cache openjdk21-jre", "21"),
        (
            "FROM debian\nRUN apt-get install openjdk-17-jre openjdk-21-jre",
            "?",
        ),
        (
            "FROM debian\nCOPY --from=eclipse-temurin:25 /opt/java/openjdk /opt/java",
            "25",
        ),
        (
            "FROM eclipse-temurin:21 AS jre\nRUN jlink\nFROM debian\nCOPY --from=jre /javaruntime /opt/java",
            "21",
        ),
        (
            "FROM eclipse-temurin:21 AS build\nRUN mvn\nFROM debian\nCOPY --from=build /src/app.jar /app/",
            "?",
        ),
        ("FROM ${BASE}", "?"),
    ] {
        let first = java(dockerfile);
        assert!(
            first.contains(&format!("on {expected},")),
            "{dockerfile}: {first}"
        );
    }
}

#[test]
fn an_ambiguous_image_is_not_joined() {
    let one = "FROM openjdk:11\nENV JAVA_TOOL_OPTIONS=-Xmx1g\n";
    let other = "FROM openjdk:17\nENV JAVA_TOOL_OPTIONS=-Xmx2g\n";
    let pod = pod("          env: [{name: JAVA_TOOL_OPTIONS, value: -Xms1g}]\n");
    let reasons = |files: &[(&str, &str)]| {
        let shown = model(files);
        shown.lines().filter(|line| line.contains(": ")).count()
    };
    assert_eq!(
        reasons(&[
            ("a/app/Dockerfile", one),
            ("b/app/Dockerfile", other),
            ("p.yaml", &pod)
        ]),
        0
    );
    // A tag tells, and a file that is just called `Dockerfile` stands before its neighbours.
    let build = "docker build -t registry.example/team/app:1 a/app\ndocker build -t registry.example/team/app:2 -f b/app/Dockerfile b/app\n";
    let files = [
        ("a/app/Dockerfile", one),
        ("b/app/Dockerfile", other),
        ("p.yaml", pod.as_str()),
        ("build.sh", build),
    ];
    let shown = model(&files);
    assert!(
        shown.contains("app: `a/app/Dockerfile` builds its image"),
        "{shown}"
    );
    assert_eq!(
        reasons(&[
            ("app/Dockerfile", one),
            ("app/Dockerfile.dev", other),
            ("p.yaml", &pod)
        ]),
        1
    );
    // A public image is not what a folder of that name builds.
    let public = pod.replace("registry.example/team/app:1", "bitnami/app:1");
    assert_eq!(reasons(&[("app/Dockerfile", one), ("p.yaml", &public)]), 0);
}

#[test]
fn the_only_image_is_the_only_one_that_runs() {
    let dockerfile = "FROM openjdk:17\nENV JAVA_TOOL_OPTIONS=-Xmx1g\n";
    let pod = pod("");
    assert_eq!(
        flags(&[("Dockerfile", dockerfile), ("k8s/p.yaml", &pod)]),
        ["-Xmx1g"]
    );
    let two = format!("{pod}        - {{name: side, image: registry.example/team/side:1}}\n");
    let shown = model(&[("Dockerfile", dockerfile), ("k8s/p.yaml", &two)]);
    assert!(shown.contains("image of Dockerfile"), "{shown}");
}

#[test]
fn compose_services_run_what_they_build() {
    let compose = "x-o: &o {JAVA_OPTS: -Xmx1g}\nservices:\n  app:\n    build: {context: app, target: run}\n    environment: {<<: *o, A: b}\n    env_file: [app.env]\n    command: [\"sh\", \"-c\", \"java $$JAVA_OPTS @app.args -jar x.jar\"]\n";
    let dockerfile = "FROM openjdk:17 AS run\nENV JAVA_TOOL_OPTIONS=-Xmx7g JDK_JAVA_OPTIONS=-Xmx8g\nFROM openjdk:11\n";
    let shown = model(&[
        ("compose.yaml", compose),
        ("app/Dockerfile", dockerfile),
        ("app.env", "# x\nJDK_JAVA_OPTIONS='-Xms1g'\n"),
        ("app.args", "\"-Da=b c\"\n"),
    ]);
    assert_eq!(
        shown,
        "JVM of app on 17\n  -Xmx7g app/Dockerfile:2:23 \"-Xmx7g\"\n  -Xms1g app.env:2:19 \"-Xms1g\"\n  -Xmx1g compose.yaml:1:21 \"-Xmx1g\"\n  -Da=b c app.args:1:1 \"\\\"-Da=b c\\\"\"\napp: it is built by `app/Dockerfile`\n"
    );
}

#[test]
fn what_cannot_be_seen_is_not_guessed() {
    let hidden = |more: &str| model(&[("p.yaml", &pod(more))]).contains("and more");
    let start = "          command: [java, -Xss1m, -jar, a.jar]\n";
    assert!(!hidden(start));
    assert!(hidden(&format!(
        "{start}          envFrom: [{{configMapRef: {{name: elsewhere}}}}]\n"
    )));
    assert!(hidden(&format!(
        "{start}          env: [{{name: JAVA_TOOL_OPTIONS, valueFrom: {{secretKeyRef: {{name: s, key: k}}}}}}]\n"
    )));
}

#[test]
fn another_jvm_takes_other_options() {
    let dockerfile =
        "FROM ibm-semeru-runtimes:open-17-jre\nENV JAVA_TOOL_OPTIONS=-XX:+IdleTuningGcOnIdle\n";
    let facts = extract("Dockerfile", dockerfile);
    let image = facts.objects[0].image.as_ref().expect("an image");
    assert!(!image.java.expect("a Java").hotspot);
}
