//! Small inputs of our own, and seeded ways to break them.

/// A sequence of pseudo-random numbers that is the same on every machine: SplitMix64.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of that seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `end`, which is 0 where `end` is.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = usize::try_from((z ^ (z >> 31)) >> 33).unwrap_or(0);
        if end == 0 { 0 } else { number % end }
    }
}

/// A broken copy of a text: cut off, with parts missing, doubled or overwritten.
#[must_use]
pub fn broken(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(3) {
        let from = dice.below(bytes.len() + 1);
        let to = (from + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => bytes.truncate(from),
            1 => drop(bytes.drain(from..to)),
            2 => {
                let slice = bytes[from..to].to_vec();
                let at = dice.below(bytes.len() + 1);
                drop(bytes.splice(at..at, slice));
            }
            3 => bytes[from..to]
                .iter_mut()
                .for_each(|byte| *byte = u8::try_from(dice.below(256)).unwrap_or(0)),
            4 => {
                let marks = [
                    "\\", "\"", "'", "{{", "}}", "\t", "\r", "- ", ": ", "${", "```", "&a ", "*a",
                    "|", "\u{feff}", "é",
                ];
                drop(bytes.splice(from..from, marks[dice.below(marks.len())].bytes()));
            }
            _ => {
                let depth = dice.below(400);
                let mark = [b"[".as_slice(), b"{", b"> ", b"- ", b"$("][dice.below(5)];
                drop(bytes.splice(from..from, mark.repeat(depth)));
            }
        }
    }
    bytes
}

/// Inputs with something to find in them, one of each language that is read.
pub const INPUTS: [(&str, &str); 17] = [
    (
        "producer.properties",
        "# sends payments\n\
         bootstrap.servers = broker-1:9092,broker-2:9092\n\
         key.serializer=org.apache.kafka.common.serialization.StringSerializer\n\
         acks=1   # faster\n\
         linger.ms=20ms\n\
         max.in.flight.requests.per.connection=10\n\
         compression.type=lz5\n\
         sasl.jaas.config=org.example.Login required \\\n    username=\"u\" \\\n    password=\"p\\u00e9\";\n\
         linger.ms=10\n\
         retries\n",
    ),
    (
        "application.properties",
        "application.id=totals\n\
         bootstrap.servers=${BROKERS:localhost:9092}\n\
         num.stream.threads=0\n\
         producer.acks=all\n\
         main.consumer.max.poll.records=many\n\
         processing.guarantee=exactly_once\n",
    ),
    (
        "deployment.yaml",
        "apiVersion: v1\n\
         kind: ConfigMap\n\
         metadata: {name: totals}\n\
         data:\n  streams.properties: |\n    application.id=totals\n    bootstrap.servers=broker:9092\n    num.stream.threads=four\n\
         ---\n\
         apiVersion: apps/v1\n\
         kind: Deployment\n\
         metadata:\n  name: totals\n  annotations:\n    tunelint.dev/allow: \"memory-limit-missing: a test\"\n\
         spec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: registry.example/totals:1\n          \
         env:\n            - name: JAVA_TOOL_OPTIONS\n              value: >-\n                -Xmx2g -Xms512m\n                -XX:+UseG1GC -XX:+UseZGC -XX:MaxRAMPercentag=70\n          \
         resources: &r\n            limits:\n              memory: 1Gi\n          envFrom:\n            - configMapRef: {name: totals}\n",
    ),
    (
        "application.yml",
        "spring:\n  kafka:\n    bootstrap-servers: broker:9092\n    producer:\n      acks: 1\n      batch-size: 16KB\n      properties:\n        linger.ms: \"5 ms\"\n    consumer:\n      auto-offset-reset: beginning\n",
    ),
    (
        "README.md",
        "# Tuning\n\n<!-- tunelint: allow(acks-not-all) an example -->\n```properties\nacks=1\nbootstrap.servers=b:9092\nlinger.ms=1s\n```\n\n> - quoted\n>   ~~~yaml\n>   kind: Deployment\n>   ~~~\n\n```sh\njava -Xmx1g -Xms2g \\  \n  -jar app.jar\n```\n",
    ),
    (
        "start.sh",
        "#!/bin/sh\nset -eu\nexport KAFKA_HEAP_OPTS=\"-Xmx4g -Xms1g\"\nJAVA_OPTS='-XX:+UseParallelGC -XX:+UseG1GC'\nexec java $JAVA_OPTS -XX:NoSuchFlag=1 \\\n  -XX:MaxMetaspaceSize=256m \\ # room\n  -jar /app.jar <<EOF\nx\nEOF\n",
    ),
    (
        "jvm.options",
        "# heap\n-Xms1g\n-Xmx2g\n8-10:-XX:+UseConcMarkSweepGC\n11-:-XX:+UseG1GC\n-XX:HeapDumpPath=/tmp/a b\n-XX:Max=\n",
    ),
    (
        "tunelint.toml",
        "kafka-version = \"4.1\"\nprofiles = [\"prod\"]\nignore = [\"xms-ne-xmx\"]\n\n[severity]\nacks-not-all = \"error\"\n\n\
         [[workload]]\nname = \"totals\"\nconfig = [\"application.properties\"]\nmanifests = [\"*.yaml\"]\npartitions = 6\nstores = [{ name = \"s\", kind = \"window\", retention = \"48h\" }]\n",
    ),
    (
        "totals.Dockerfile",
        "# escape=\\\nARG JAVA=21\nFROM maven:3-eclipse-temurin-${JAVA} AS build\nRUN <<EOF\nmvn package\nEOF\n\
         FROM eclipse-temurin:${JAVA:-17}-jre AS run\nENV HEAP=1g JAVA_OPTS=\"-Xmx${HEAP} \\\n  # room\n  -XX:+UseG1CG -XX:+PrintGCDateStamps\"\n\
         ENV JAVA_TOOL_OPTIONS -Xms512m -XX:MaxGCPauseMillis=200ms\nCOPY --from=build /src/x.jar /app/\nCOPY entry.sh jvm.args /\n\
         LABEL org.opencontainers.image.title=totals\nSHELL [\"/bin/sh\", \"-c\"]\nENTRYPOINT [\"/entry.sh\", \"-x\\u00e9\"]\nCMD exec java $JAVA_OPTS @/jvm.args -jar /app/x.jar\n",
    ),
    (
        "entry.sh",
        "#!/bin/bash\n: \"${HEAP:=1g}\"\nOPTS=(-Xmx$HEAP \"-Da=b c\")\nif java -version 2>&1 | grep -q 1.8; then\n  JAVA_OPTS=\"$JAVA_OPTS -XX:+UseConcMarkSweepGC\"\n\
         else\n  JAVA_OPTS+=\" -Xlog:gc*\"\nfi\nf() { JAVA_TOOL_OPTIONS=$JAVA_OPTS; export JAVA_TOOL_OPTIONS; }\ncase $1 in a|b) set -a ;; *) . ./more.sh && X=1 || Y=2 ;; esac\n\
         for i in 1 2; do OPTS+=(-XX:N=$i); done\ndocker build -t reg.example/totals:1 --target run -f totals.Dockerfile .\nKAFKA_OPTS=-Xmx2g bin/kafka-server-start.sh x\n\
         exec \"$JAVA_HOME/bin/java\" \"${OPTS[@]}\" $JAVA_OPTS @jvm.args -jar app.jar \"$@\"\n",
    ),
    (
        "compose.yaml",
        "x-env: &env\n  JAVA_OPTS: -Xmx1g -XX:+UseZGC\nservices:\n  totals:\n    build: {context: ., dockerfile: totals.Dockerfile, target: run}\n    image: reg.example/totals:1\n    environment:\n      <<: *env\n      JDK_JAVA_OPTIONS: \"@jvm.args -Da=$$X\"\n\
    env_file: [totals.env, {path: no.env}]\n    command: sh -c 'exec java $$JAVA_OPTS -jar x.jar'\n    mem_limit: 512m\n    volumes: [./application.properties:/app/a, {source: ., target: /b}]\n  broker:\n    image: apache/kafka:3.9.0\n    environment:\n      - KAFKA_NODE_ID=1\n      - KAFKA_HEAP_OPTS=-Xmx1gb\n    deploy: {replicas: 2, resources: {limits: {memory: 1gb, cpus: '0.5'}}}\n",
    ),
    (
        "totals.env",
        "# variables\nJAVA_TOOL_OPTIONS=\"-Xmx1g -XX:+UseSerialGC\"\nexport DB_PASSWORD=x\nbad\n",
    ),
    (
        "jvm.args",
        "# options\n-Xms1g \"-Da=b \\\n  c\" -XX:+UseG1CG\n'-XX:OnError=kill -9 %p'\n",
    ),
    (
        "totals.service",
        "[Unit]\nDescription=Totals\n\n[Service]\nEnvironment=\"JAVA_OPTS=-Xmx2g -XX:+UseG1CG\" 'X=%h/\\x20y'\nEnvironmentFile=-/etc/totals.env\n\
         ExecStart=-/usr/bin/java $JAVA_OPTS ${X} \\\n; between\n  -XX:+NoSuchFlag @jvm.args -jar /opt/x.jar\nMemoryMax=1G\nCPUQuota=150%\n",
    ),
    (
        "pom.xml",
        "<project>\n<!-- <jvmArguments>-Xmx9</jvmArguments> -->\n<properties><java.version>17</java.version></properties>\n<plugin><artifactId>jib-maven-plugin</artifactId><configuration>\n\
         <from><image>eclipse-temurin:21-jre</image></from><to><image>reg.example/totals</image></to>\n<container><jvmFlags><jvmFlag>-Xmx1gb</jvmFlag><jvmFlag/></jvmFlags></container></configuration></plugin>\n\
         <argLine>@{argLine} -Xmx512m</argLine><jvmArguments><![CDATA[-Xmx1g \"-Da=b &amp; c\"]]></jvmArguments>\n</project>\n",
    ),
    (
        "build.gradle.kts",
        "// jvmArgs(\"-Xmx9\")\napplication { applicationDefaultJvmArgs = listOf(\"-Xmx1.5g\", // why\n  \"-XX:+UseG1CG\") }\ntasks.test { jvmArgs(\"-Xmx$heap\", '-Da=\\'b') }\n\
         jib {\n  from { image = \"amazoncorretto:17\" }\n  to.image = 'reg.example/totals'\n  container { jvmFlags = [\"-Xmx1g\", \"-XX:+ZGenerational\"] }\n}\n",
    ),
    (
        "connect.yaml",
        "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnect\nmetadata: {name: cdc}\nspec:\n  config: {group.id: cdc, offset.flush.interval.ms: 1s}\n  resources: {limits: {memory: 1Gi}}\n  jvmOptions:\n    \"-Xmx\": 2g\n    -XX: {UseG1CG: true, MaxGCPauseMillis: 20ms, UnlockDiagnosticVMOptions: \"true\"}\n    javaSystemProperties: [{name: a.password, value: x}]\n---\n\
         apiVersion: platform.confluent.io/v1beta1\nkind: Kafka\nspec: {configOverrides: {jvm: [\"-Xmx2g -Xms1g\", \"-XX:+UseG1CG\"]}}\n---\nheapOpts: \"-Xmx1.5g\"\nargs: [-Xmx1g, -XX:+UseG1CG]\nenv: [{name: JAVA_TOOL_OPTIONS, value: -Xmx1gb}]\n",
    ),
];
