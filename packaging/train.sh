#!/bin/sh
# Makes the start-up caches of a runnable directory: runs each kind of process once while the Java
# machine records what it loads. A cache that cannot be made is left out; everything works without.
#
#   train.sh [LAUNCHER DIRECTORY]   without: those of the source tree
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
hotpod=${1:-$here/../hotpod}
home=${2:-$here/target/hotpod}
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
server=
agent=
stop() {
  for process in $agent $server; do kill "$process" 2>/dev/null || :; done
  # Recording ends with the process, so it is waited for.
  for process in $agent $server; do wait "$process" 2>/dev/null || :; done
  agent= server=
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# Waits up to 20 s for a line of a file.
await() {
  tries=200
  until grep -q "$1" "$2"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.1
  done
}

give_up() {
  echo "train: no cache for $1; it starts slower: $(tail -n 1 "$2")" >&2
}

HOTPOD_AOT_OUTPUT=$home/aot/server.aot "$hotpod" server --listen 127.0.0.1:0 --state "$work/server" \
  >"$work/server.log" 2>&1 &
server=$!

HOTPOD_AOT_OUTPUT=$home/aot/client.aot "$hotpod" >"$work/client.log" 2>&1 ||
  give_up 'client commands' "$work/client.log"

HOTPOD_AOT_OUTPUT=$home/aot/hook.aot "$hotpod" hook "$work" >"$work/hook.log" 2>&1 ||
  give_up 'the hook' "$work/hook.log"

if await '^ready ' "$work/server.log"; then
  HOTPOD_SERVER=$(sed -n 's/^ready //p' "$work/server.log")
  export HOTPOD_SERVER
  cat >"$work/template.yaml" <<'END'
heat_template_version: 2021-04-16
resources:
  text: {type: OS::Heat::RandomString}
  value: {type: OS::Heat::Value, properties: {value: {get_attr: [text, value]}}}
END
  cat >"$work/pods.yaml" <<'END'
heat_template_version: 2021-04-16
resources:
  config:
    type: OS::Kubernetes::PodConfig
    properties:
      manifest:
        apiVersion: v1
        kind: Pod
        metadata: {name: pod}
        spec: {containers: [{name: main, image: none, command: ["true"]}]}
  pod:
    type: OS::Kubernetes::PodDeployment
    properties: {config: {get_resource: config}, server: training}
END
  {
    "$hotpod" stack create -t "$work/template.yaml" training
    "$hotpod" instance join-token >"$work/token"
    # No Podman is needed: this run of the agent plays its own.
    HOTPOD_AOT_OUTPUT=$home/aot/agent.aot "$hotpod" agent --name training --state "$work/agent" \
      --join-token-file "$work/token" --podman-socket "$work/agent-podman.sock" >"$work/agent.log" 2>&1 &
    agent=$!
    "$hotpod" stack delete training
    await '^instance ' "$work/agent.log"
    "$hotpod" stack create --timeout 1m -t "$work/pods.yaml" pods
    "$hotpod" stack delete pods
  } >"$work/commands.log" 2>&1 || give_up 'server and agent' "$work/commands.log"
else
  give_up server "$work/server.log"
fi
stop
touch "$home/aot/trained"
