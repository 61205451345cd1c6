#!/bin/sh
set -eu
JAVA_OPTS="$JAVA_OPTS -XX:+ExitOnOutOfMemoryError"
if [ -n "${DEBUG:-}" ]; then
  JAVA_OPTS="$JAVA_OPTS -XX:+NoSuchFlag"
fi
exec java $JAVA_OPTS -XX:MaxMetaspaceSize=256m -jar /app/ledger.jar
