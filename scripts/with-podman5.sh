#!/bin/sh
# Runs a command on this machine with the Podman 5 of Debian 13 in place of its own, as root.
#
#   scripts/with-podman5.sh ROOT COMMAND [WORD...]
#
# ROOT is a directory for a Debian 13 with Podman, made with debootstrap where it is not there yet
# (about 500 MB). The command has the machine's files, a network of its own without a way out, and
# processes of its own: when it ends, every mount, interface, pod and process it left is gone.
set -eu

fail() {
  echo "with-podman5: $*" >&2
  exit 1
}

[ $# -ge 2 ] || fail "a directory and a command are needed"
packages=podman,crun,runc,netavark,aardvark-dns,catatonit,conmon,nftables,iptables,passt,slirp4netns,uidmap,fuse-overlayfs
mkdir -p "$1"
root=$(realpath "$1")
shift
case $root in
  / | /tmp | /tmp/* | "$PWD" | "$PWD"/*) fail "$root cannot hold it: /tmp and $PWD are shared with it" ;;
esac

if [ "${HOTPOD_PODMAN5:-}" != inside ]; then
  [ "$(id -u)" -eq 0 ] || fail "only root can make a Debian and enter it"
  if [ ! -x "$root/usr/bin/podman" ]; then
    command -v debootstrap >/dev/null || fail "debootstrap is not installed; on Debian: apt-get install debootstrap"
    log=$(mktemp)
    debootstrap --variant=minbase --include=$packages trixie "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} \
      >"$log" 2>&1 || { tail -n 15 "$log" >&2; fail "Debian 13 cannot be had; all that was said is in $log"; }
    rm -f "$log"
  fi
  export HOTPOD_PODMAN5=inside
  exec unshare --mount --net --pid --fork --kill-child --mount-proc "$0" "$root" "$@"
fi
unset HOTPOD_PODMAN5

# A layer is unpacked below a root that is a mount of its own.
mount --bind "$root" "$root"
# Podman keeps its locks there, for all that it runs on a machine.
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount --make-shared /dev/shm
# What is mounted by the tests is seen by Podman and the other way round.
for directory in /tmp "$PWD"; do
  mkdir -p "$root$directory"
  mount --bind "$directory" "$directory"
  mount --make-shared "$directory"
  mount --bind "$directory" "$root$directory"
done
cd "$PWD"
# It tells of the network that it was mounted in.
mkdir -p /run/hotpod-podman5
mount --rbind /sys/fs/cgroup /run/hotpod-podman5
mount -t sysfs sysfs /sys
mount --rbind /run/hotpod-podman5 /sys/fs/cgroup
umount -l /run/hotpod-podman5
for directory in /dev /sys /proc; do
  mount --rbind "$directory" "$root$directory"
done
mount -t tmpfs -o mode=755 tmpfs "$root/run"

# An address of the machine, as every machine with pods has one.
ip link set lo up
ip link add uplink type veth peer name uplink-end
ip address add 192.0.2.2/24 dev uplink
ip link set uplink up
ip link set uplink-end up
ip route add default via 192.0.2.1

mount -t tmpfs -o mode=755 tmpfs /run/hotpod-podman5
# Podman has mounts of its own with Debian 13 as their root: chroot would not do, for whoever enters
# a container by its mounts would come out at the root of the machine.
mkdir -p "$root/mnt/machine"
entered=$(mktemp -u /tmp/podman5.XXXXXXXX)
# shellcheck disable=SC2016 # it is read by the inner shell
unshare --mount --propagation unchanged sh -c '
  cd "$0" && pivot_root . mnt/machine && umount -l /mnt/machine && : >"$1" && exec sleep infinity' \
  "$root" "$entered" &
until [ -e "$entered" ]; do
  kill -0 $! 2>/dev/null || fail "the root of Debian 13 cannot be entered"
  sleep 0.05
done
rm "$entered"
cat >/run/hotpod-podman5/podman <<END
#!/bin/sh
exec nsenter --mount=/proc/$!/ns/mnt /bin/sh -c 'cd "\$0" 2>/dev/null || cd /; exec podman "\$@"' "\$PWD" "\$@"
END
chmod 755 /run/hotpod-podman5/podman
export PODMAN_IGNORE_CGROUPSV1_WARNING=1
export PATH="/run/hotpod-podman5:$PATH"
exec "$@"
