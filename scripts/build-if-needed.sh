#!/bin/sh
# Builds the runnable directory when there is none or when something that it is made from is newer.
set -eu

cd "$(dirname "$0")/.."
trained=packaging/target/hotpod/aot/trained
if [ -e $trained ] && [ -r packaging/target/hotpod/classpath ] &&
  [ -z "$(find pom.xml ./*/pom.xml ./*/src/main hotpod packaging/train.sh \
    -newer $trained -type f -print -quit)" ]; then
  exit 0
fi
echo "Building Hotpod (once for these sources)"
exec make --no-print-directory build
