#!/bin/sh
# Runs the tests that need a real OpenStack: installs and starts a Heat and its Keystone on loopback,
# and stops them. Where that cannot be done it says so, and ends with 0.
#
#   scripts/test-heat.sh MAVEN...      the command that runs Maven, with its options
set -eu
cd "$(dirname "$0")/.."

heat="/usr/bin/python3 scripts/openstack-heat.py"
base=$(mktemp -d)
directory=$base/heat
# The database runs as its own user, who has to pass.
chmod 755 "$base"

down() { $heat down "$directory" && rm -rf "$base"; }
trap down EXIT
trap 'exit 1' INT TERM

skip() {
  echo "SKIPPED: the tests under a real OpenStack Heat and Keystone did not run: $1" >&2
  sed 's/^/  /' "$base/why" >&2
  exit 0
}

$heat install 2>"$base/why" || skip 'its packages cannot be installed here:'

# Everything is built before Heat starts, so that it does not run longer than it has to.
scripts/build-if-needed.sh

# A port that was free may be taken a moment later, so there is more than one attempt.
attempt=1
until HOTPOD_TEST_HEAT=$($heat up "$directory" 2>"$base/why"); do
  cat "$base/why" >&2
  for log in "$directory"/*.log; do
    [ ! -e "$log" ] || { echo "--- ${log##*/}" && tail -n 5 "$log"; } >&2
  done
  $heat down "$directory"
  [ $attempt -lt 3 ] || skip 'Heat of Debian does not start here:'
  attempt=$((attempt + 1))
done
export HOTPOD_TEST_HEAT
"$@" -pl e2e -am -Dgroups=heat -DexcludedGroups=none -Dspotless.check.skip verify
