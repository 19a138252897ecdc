#!/bin/sh
# Runs the tests that need a real OpenStack Heat: installs and starts one on loopback, and stops it.
#
#   scripts/test-heat.sh MAVEN...      the command that runs Maven, with its options
set -eu
cd "$(dirname "$0")/.."

heat="/usr/bin/python3 scripts/openstack-heat.py"
why=$(mktemp)
if ! $heat install 2>"$why"; then
  echo "skipped: the tests under an OpenStack Heat need packages that cannot be installed here:" >&2
  cat "$why" >&2
  rm -f "$why"
  exit 0
fi
rm -f "$why"

# Everything is built before Heat starts, so that it does not run longer than it has to.
"$@" -q -pl packaging -am -Dmaven.test.skip -Dspotless.check.skip package

directory=$(mktemp -d)/heat
# The database runs as its own user, who has to pass.
chmod 755 "${directory%/heat}"
trap '$heat down "$directory"; rmdir "${directory%/heat}"' EXIT
trap 'exit 1' INT TERM
HOTPOD_TEST_HEAT=$($heat up "$directory")
export HOTPOD_TEST_HEAT
"$@" -pl e2e -am -Dgroups=heat -DexcludedGroups=none -Dspotless.check.skip test
