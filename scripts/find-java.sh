#!/bin/sh
# Prints the home of a JDK 25 or later, for Maven: JAVA_HOME, javac on PATH, or one of /usr/lib/jvm.
set -eu
needed=25

suits() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${version:-0}" -ge "$needed" ]
}

if [ -n "${JAVA_HOME:-}" ] && suits "$JAVA_HOME"; then
  echo "$JAVA_HOME"
  exit 0
fi
if javac=$(command -v javac); then
  javac=$(readlink -f "$javac")
  if suits "${javac%/bin/javac}"; then
    echo "${javac%/bin/javac}"
    exit 0
  fi
fi
for candidate in /usr/lib/jvm/*; do
  if [ ! -L "$candidate" ] && suits "$candidate"; then
    echo "$candidate"
    exit 0
  fi
done
echo "hotpod: needs a JDK $needed or later to build, and found none in JAVA_HOME, on PATH or in /usr/lib/jvm. Install one (such as Eclipse Temurin $needed) or set JAVA_HOME." >&2
exit 1
