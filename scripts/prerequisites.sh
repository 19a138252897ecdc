#!/bin/sh
# Sees to what Hotpod needs on this machine, and does nothing when it is all there.
#
#   scripts/prerequisites.sh run [test]     run: for the demo and for agents; test: for the tests too
#
# As root on Debian it installs what is missing; otherwise it prints exactly what to install and ends
# with 1.
set -eu

missing=
needs() { missing="$missing $1"; }
has() { command -v "$1" >/dev/null 2>&1; }

for purpose in "$@"; do
  case $purpose in
    run)
      has podman || needs podman
      has runc || needs runc
      has catatonit || needs catatonit
      has busybox || needs busybox-static
      has nft || [ -x /usr/sbin/nft ] || needs nftables
      has curl || needs curl
      [ -x /usr/lib/podman/netavark ] || has netavark || needs netavark
      [ -x /usr/lib/podman/aardvark-dns ] || has aardvark-dns || needs aardvark-dns
      [ -x /usr/lib/cni/bridge ] || needs containernetworking-plugins
      ;;
    test)
      /usr/bin/python3 -c 'import openstack' 2>/dev/null || needs python3-openstacksdk
      has openstack || needs python3-openstackclient
      /usr/bin/python3 -c 'import heatclient' 2>/dev/null || needs python3-heatclient
      [ -x /usr/bin/keystone-manage ] || needs python3-keystone
      has zsh || needs zsh
      has fish || needs fish
      ;;
    *)
      echo "prerequisites: run and test are what it knows, not $purpose" >&2
      exit 2
      ;;
  esac
done
[ -n "$missing" ] || exit 0

install="apt-get install --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
  echo "prerequisites: missing on this machine:$missing" >&2
  echo "As root on Debian: $install" >&2
  exit 1
fi
echo "Installing what is missing:$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# shellcheck disable=SC2086 # package names are words
if ! { apt-get -q update && apt-get -q install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 15 "$log" >&2
  rm -f "$log"
  echo "prerequisites: apt-get could not install them. Try: apt-get update && $install" >&2
  exit 1
fi
rm -f "$log"
