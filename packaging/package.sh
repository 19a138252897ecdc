#!/bin/sh
# Makes the packages of what was built: a tar archive and Debian packages of command, server and agent, with
# a Java of their own. They are in packaging/target/packages afterwards.
#
#   HOTPOD_PACKAGE_CACHES=no   without start-up caches: made sooner, started slower
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
built=$here/target/hotpod
packages=$here/target/packages
work=$here/target/package-work

fail() {
  echo "package: $*" >&2
  exit 1
}

[ -r "$built/classpath" ] || fail "nothing is built; run 'make build' first"
java=${JAVA_HOME:-$("$here/../scripts/find-java.sh")}
[ -x "$java/bin/jlink" ] || fail "$java has no jlink; it takes a JDK, not a runtime"
jar=$(echo "$built"/lib/hotpod-cli-*.jar)
version=${jar##*/hotpod-cli-}
version=${version%.jar}
# Debian sorts what follows a tilde before the version itself.
debian=$(echo "$version" | sed 's/-SNAPSHOT$/~snapshot/')
architecture=$(dpkg --print-architecture 2>/dev/null || uname -m)

rm -rf "$work" "$packages"
home=$work/archive/hotpod
mkdir -p "$home/lib" "$packages"

# What the jars use, and what nobody names: Unsafe for SQLite and the HTTP client, JFR for looking into it.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.httpserver,jdk.jfr
"$java/bin/jlink" --add-modules "$modules,java.desktop,jdk.unsupported,jdk.jcmd" --strip-debug --no-header-files \
  --no-man-pages --output "$home/runtime" 2>"$work/jlink.log" || fail "jlink: $(cat "$work/jlink.log")"

# With their times, which the caches remember.
for part in $(tr : ' ' <"$built/classpath"); do cp -p "$built/$part" "$home/lib/"; done
cp -p "$built/classpath" "$here/../hotpod" "$home/"
if [ "${HOTPOD_PACKAGE_CACHES:-yes}" = yes ]; then
  env -u JAVA_HOME -u HOTPOD_JAVA_HOME "$here/train.sh" "$home/hotpod" "$home"
fi

mkdir -p "$home/share"
"$home/hotpod" manual >"$home/share/hotpod.1"
"$home/hotpod" completion >"$home/share/hotpod.bash"
"$home/hotpod" completion zsh >"$home/share/_hotpod"
"$home/hotpod" completion fish >"$home/share/hotpod.fish"
cp "$here"/files/* "$here/../LICENSE" "$home/share/"

tar -C "$work/archive" --owner=0 --group=0 --numeric-owner -czf "$packages/hotpod-$version-$architecture.tar.gz" hotpod

# package NAME SECTION-OF-CONTROL...: what is under $work/NAME becomes NAME.deb
package() {
  name=$1
  root=$work/$name
  mkdir -p "$root/DEBIAN" "$root/usr/share/doc/$name"
  cp "$home/share/LICENSE" "$root/usr/share/doc/$name/copyright"
  {
    echo "Package: $name"
    echo "Version: $debian"
    echo "Architecture: $architecture"
    echo "Maintainer: Hotpod <hotpod@localhost>"
    echo "Section: admin"
    echo "Priority: optional"
    echo "Installed-Size: $(du -sk "$root" | cut -f1)"
    cat
  } >"$root/DEBIAN/control"
  find "$root" -type d -exec chmod 755 {} +
  dpkg-deb --root-owner-group -Zxz -z1 --build "$root" "$packages/$name.deb" >/dev/null
}

# service NAME COMMAND: unit, configuration and maintainer scripts of a package with a service, which runs a
# command before its first start; what debian/ has for it takes the place of the usual scripts
service() {
  name=$1
  short=${name#hotpod-}
  mkdir -p "$work/$name/DEBIAN" "$work/$name/lib/systemd/system" "$work/$name/etc/hotpod"
  cp "$home/share/$name.service" "$work/$name/lib/systemd/system/"
  cp "$home/share/$short.env" "$work/$name/etc/hotpod/"
  chmod 600 "$work/$name/etc/hotpod/$short.env"
  echo "/etc/hotpod/$short.env" >"$work/$name/DEBIAN/conffiles"
  cat >"$work/$name/DEBIAN/postinst" <<END
#!/bin/sh
set -e
if [ "\$1" = configure ]; then
  $2
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl try-restart $name.service
  fi
fi
END
  cat >"$work/$name/DEBIAN/prerm" <<END
#!/bin/sh
set -e
if [ "\$1" = remove ] && [ -d /run/systemd/system ]; then systemctl disable --now $name.service; fi
END
  cat >"$work/$name/DEBIAN/postrm" <<END
#!/bin/sh
set -e
if [ "\$1" = purge ]; then rm -rf /var/lib/$name; fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
END
  for script in prerm postrm; do
    if [ -r "$here/debian/$name.$script" ]; then cp "$here/debian/$name.$script" "$work/$name/DEBIAN/$script"; fi
  done
  chmod 755 "$work/$name/DEBIAN/postinst" "$work/$name/DEBIAN/prerm" "$work/$name/DEBIAN/postrm"
}

# caches PACKAGE KIND...: each package brings the caches of what it is for
caches() {
  name=$1
  shift
  mkdir -p "$work/$name/usr/lib/hotpod/aot"
  for kind in "$@"; do
    if [ -r "$home/aot/$kind.aot" ]; then cp -p "$home/aot/$kind.aot" "$work/$name/usr/lib/hotpod/aot/"; fi
  done
}

command=$work/hotpod/usr
mkdir -p "$command/bin" "$command/lib/hotpod" "$command/share/man/man1" \
  "$command/share/bash-completion/completions" "$command/share/zsh/vendor-completions" \
  "$command/share/fish/vendor_completions.d"
cp -a "$home/runtime" "$home/lib" "$home/classpath" "$home/hotpod" "$command/lib/hotpod/"
ln -s ../lib/hotpod/hotpod "$command/bin/hotpod"
gzip -9nc "$home/share/hotpod.1" >"$command/share/man/man1/hotpod.1.gz"
cp "$home/share/hotpod.bash" "$command/share/bash-completion/completions/hotpod"
cp "$home/share/_hotpod" "$command/share/zsh/vendor-completions/"
cp "$home/share/hotpod.fish" "$command/share/fish/vendor_completions.d/"
caches hotpod client
package hotpod <<END
Depends: libc6
Suggests: hotpod-server, hotpod-agent
Description: Kubernetes pods on plain machines, from templates
 The hotpod command, which drives a Hotpod server. It brings the Java that it needs.
END

caches hotpod-server server
service hotpod-server 'adduser --system --group --home /var/lib/hotpod-server --no-create-home --quiet hotpod'
package hotpod-server <<END
Depends: hotpod (= $debian), adduser
Description: Hotpod server
 Keeps stacks of pods on plain machines as their templates say, through their whole life, and answers
 clients of OpenStack Heat.
END

caches hotpod-agent agent hook
service hotpod-agent :
mkdir -p "$work/hotpod-agent/usr/share/doc/hotpod-agent/examples"
cp "$home/share/cloud-init.yaml" "$work/hotpod-agent/usr/share/doc/hotpod-agent/examples/"
mkdir -p "$work/hotpod-agent/var/lib/heat-config/hooks"
install -m 755 "$here/../heat-environment/hooks/kubelet" "$work/hotpod-agent/var/lib/heat-config/hooks/"
package hotpod-agent <<END
Depends: hotpod (= $debian)
Recommends: podman
Description: Hotpod agent
 Keeps the pods of one machine, for a Hotpod server or for an OpenStack Heat, on Podman or a kubelet.
END

rm -rf "$work"
ls -sh1 "$packages"
