#!/bin/sh
# Runs the application against the cluster of the workshop.
set -eu

java \
  -Xms1g -Xmx1g \              # same as a small pod
  -XX:+ExitOnOutOfMemoryError \  # let the supervisor restart it
  -jar target/fraud-detection.jar "$@"
