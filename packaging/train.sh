#!/bin/sh
# Makes the start-up caches of packaging/target/hotpod: runs each kind of process once while the Java
# machine records what it loads. A cache that cannot be made is left out; everything works without.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
home=$here/target/hotpod
hotpod=$here/../hotpod
mkdir -p "$home/aot"

# Jars of an earlier build that are no longer on the list.
for jar in "$home"/lib/*.jar; do
  case :$(cat "$home/classpath"): in
    *":lib/${jar##*/}:"*) ;;
    *) rm -f "$jar" ;;
  esac
done

if [ -e "$home/aot/trained" ] &&
  [ -z "$(find "$home/lib" "$home/classpath" "$hotpod" "$here/train.sh" -newer "$home/aot/trained" -type f -print -quit)" ]; then
  exit 0
fi
rm -f "$home"/aot/*

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

HOTPOD_AOT_OUTPUT=$home/aot/client.aot "$hotpod" --version >"$work/client.log" 2>&1 ||
  echo "train: no cache for the client commands: $(tail -n 1 "$work/client.log")" >&2
touch "$home/aot/trained"
