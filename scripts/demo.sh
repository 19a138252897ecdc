#!/bin/sh
# Shows the whole life of a stack on this machine, and tells what it shows. Ends its own processes and
# pods whatever happens. The last line is "demo: ok", or says why not.
set -eu

cd "$(dirname "$0")/.."
image=localhost/hotpod-demo:1
work=$(mktemp -d)
dev=
instance=
why='a command failed, see above'

say() { printf '\n== %s\n' "$*"; }

# Shows a command as one would type it, and runs it; nothing here may take longer than a minute.
run() {
  printf '$ %s\n' "$*"
  if timeout --foreground 60 "$@"; then return 0; fi
  why="this failed or took too long: $*"
  return 1
}

fail() {
  why=$*
  exit 1
}

finish() {
  code=$?
  trap - EXIT INT TERM
  if [ -n "$dev" ]; then
    kill "$dev" 2>/dev/null || :
    wait "$dev" 2>/dev/null || :
  fi
  if [ -n "$instance" ]; then
    for pod in $(podman pod ps -q --filter "label=hotpod.io/instance=$instance" 2>/dev/null); do
      podman pod rm -f "$pod" >/dev/null 2>&1 || :
    done
  fi
  if [ $code -ne 0 ] && [ -s "$work/log" ]; then
    echo
    echo "The end of the log of hotpod dev:"
    tail -n 15 "$work/log"
  fi
  rm -rf "$work"
  if [ $code -eq 0 ]; then
    echo "demo: ok"
  else
    echo "demo: failed: $why" >&2
    exit 1
  fi
}
trap finish EXIT
trap 'why=interrupted; exit 1' INT TERM

# Waits up to 30 s until a command succeeds.
await() {
  tries=150
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.2
  done
}

page() { curl -sf --max-time 3 "http://127.0.0.1:$port/"; }

free_port() {
  for port in 18080 18081 18082 18083 18084 18085 18086 18087 18088 18089; do
    curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$port/" && continue
    # 7: nobody listens there.
    [ $? -ne 7 ] || return 0
  done
  fail "the ports 18080 to 18089 are all taken"
}

scripts/prerequisites.sh run || fail "something is missing that only an administrator can install"
scripts/build-if-needed.sh || fail "the build failed"

say "A small image with a web server, made on this machine: no registry is needed"
run scripts/busybox-image.sh $image || fail "the image could not be made"
podman image exists $image || fail "the image is not there"

say "A server with its embedded database, and an agent that uses this machine's Podman"
echo '$ ./hotpod dev --listen 127.0.0.1:0 --state ... &'
./hotpod dev --listen 127.0.0.1:0 --state "$work/state" >"$work/out" 2>"$work/log" &
dev=$!
await grep -q '^ready ' "$work/out" || fail "hotpod dev does not get ready"
HOTPOD_SERVER=$(sed -n 's/^ready //p' "$work/out")
export HOTPOD_SERVER
echo "ready $HOTPOD_SERVER"
run ./hotpod instance list
instance=$(./hotpod instance show local-1 --json | sed -n 's/^  "id" : "\(.*\)",$/\1/p')
free_port

say "Two pods from a template: 'front' starts only when 'back' is ready, and is told its address"
run ./hotpod stack create -t examples/web.yaml -p port="$port" web
run ./hotpod pod list

say "The page that the two pods serve together"
run curl -s "http://127.0.0.1:$port/"
[ "$(page)" = 'Hello: hello from hotpod' ] || fail "the page is not what it should be"

say "What a change of the greeting would do: one pod restarts, the other is left alone"
run ./hotpod stack plan -t examples/web.yaml -p port="$port" -p greeting=Bonjour web
back=$(podman pod ps -q --filter "label=hotpod.io/instance=$instance" --filter name=back)

say "The change itself"
run ./hotpod stack update -t examples/web.yaml -p port="$port" -p greeting=Bonjour web
run curl -s "http://127.0.0.1:$port/"
[ "$(page)" = 'Bonjour: hello from hotpod' ] || fail "the page did not change"
[ "$(podman pod ps -q --filter "label=hotpod.io/instance=$instance" --filter name=back)" = "$back" ] ||
  fail "the pod 'back' was replaced although nothing of it changed"

say "The same again changes nothing"
run ./hotpod stack plan -t examples/web.yaml -p port="$port" -p greeting=Bonjour web

say "Suspended, no pod runs; resumed, they come back"
run ./hotpod stack suspend web
page && fail "the page is still there although the stack is suspended"
run ./hotpod stack resume web
[ "$(page)" = 'Bonjour: hello from hotpod' ] || fail "the page did not come back"

say "A container is killed behind Hotpod's back; the agent sees it and starts it again"
container=$(podman ps -q --filter "label=hotpod.io/instance=$instance" --filter name=front \
  --filter ancestor=$image | head -n 1)
[ -n "$container" ] || fail "the container of the pod 'front' is not found"
run podman kill "$container"
repaired() { ./hotpod pod list --stack web | grep -q '^front.*Running *1/1 *1 '; }
await repaired || fail "the killed container was not started again"
run ./hotpod pod list
await page || fail "the page did not come back after the kill"
run ./hotpod stack check web

say "Deleted: the pods are gone from Podman too"
run ./hotpod stack delete web
left=$(podman pod ps -q --filter "label=hotpod.io/instance=$instance")
[ -z "$left" ] || fail "pods are left: $left"
run ./hotpod stack list
echo
