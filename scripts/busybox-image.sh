#!/bin/sh
# Makes a small local image from the machine's static busybox, without a registry.
#
#   scripts/busybox-image.sh [NAME:TAG]      default: localhost/hotpod-test-busybox:2
#
# Does nothing when Podman already has an image of that name. PODMAN names another podman command
# (words are split), such as PODMAN="podman --root /tmp/storage".
set -eu

image=${1:-localhost/hotpod-test-busybox:2}
podman=${PODMAN:-podman}

fail() {
  echo "busybox-image: $*" >&2
  exit 1
}

command -v "${podman%% *}" >/dev/null 2>&1 ||
  fail "podman is not installed; on Debian: apt-get install --no-install-recommends podman"

# Two at once would import the same image twice and leave one of them without a name.
exec 9>"${TMPDIR:-/tmp}/hotpod-busybox-image.$(id -u).lock"
if command -v flock >/dev/null 2>&1; then flock 9; fi

# shellcheck disable=SC2086 # PODMAN may hold options
if $podman image exists "$image"; then
  exit 0
fi

busybox=$(command -v busybox) ||
  fail "busybox is not installed; on Debian: apt-get install --no-install-recommends busybox-static"
if ldd "$busybox" >/dev/null 2>&1; then
  fail "$busybox is linked dynamically and would not run in an empty image; on Debian: apt-get install --no-install-recommends busybox-static"
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT INT TERM

# Where the image's storage keeps it, as vfs does: only root could enter one that mktemp made.
chmod 755 "$root"
mkdir -p "$root/bin" "$root/etc" "$root/tmp" "$root/www" "$root/root"
chmod 1777 "$root/tmp"
cp "$busybox" "$root/bin/busybox"
for applet in $("$busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
echo 'hello from hotpod' >"$root/www/index.html"

tar -C "$root" --owner=0 --group=0 --numeric-owner -cf "$root.tar" .
trap 'rm -rf "$root" "$root.tar"' EXIT INT TERM

# Without ENV PATH an exec of "sh" is not found.
# shellcheck disable=SC2086
$podman import --quiet \
  --change 'ENV PATH=/bin' --change 'CMD ["/bin/sh"]' \
  "$root.tar" "$image" >/dev/null || fail "podman could not import the image"
echo "busybox-image: made $image"
