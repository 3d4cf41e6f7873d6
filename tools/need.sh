#!/bin/sh
# Installs the Debian packages that the named purposes need and that are missing: build, run, check, bench, deb, vm.
# As root directly, else through sudo; where neither is possible it says in one line what to install.
# `need.sh --names PURPOSE...` only prints the names: what a machine built elsewhere needs (tools/cross-test.sh).
set -u
build="gcc make pkg-config libc6-dev libsdl2-dev libsdl2-ttf-dev libcairo2-dev libcurl4-openssl-dev libcjson-dev libjq-dev libonig-dev libyaml-dev libmicrohttpd-dev libsqlite3-dev libfreetype-dev fonts-b612 fonts-roboto-unhinted fonts-dejavu-core"
run="ca-certificates tzdata libegl1 libgles2 libgl1-mesa-dri"
check="libcmocka-dev clang libclang-rt-dev clang-format valgrind python3 jq curl openssl nginx-light prometheus xvfb xauth xdotool x11-apps procps"
bench="valgrind python3 xvfb procps"
deb="build-essential dpkg-dev debhelper fakeroot lintian"
vm="mmdebstrap e2fsprogs dosfstools mtools qemu-system-x86 qemu-utils seabios imagemagick python3"

names_only=
[ "${1:-}" != --names ] || { names_only=1; shift; }
wanted=
for purpose in "$@"; do
    case $purpose in
        build) wanted="$wanted $build" ;;
        run) wanted="$wanted $run" ;;
        check) wanted="$wanted $check" ;;
        bench) wanted="$wanted $bench" ;;
        deb) wanted="$wanted $deb" ;;
        vm) wanted="$wanted $vm" ;;
        *) echo "need.sh: no purpose \"$purpose\"" >&2; exit 2 ;;
    esac
done

[ -z "$names_only" ] || { echo $wanted; exit 0; }

if ! command -v dpkg-query >/dev/null; then
    echo "need.sh: not a Debian system; please see that these are there:$wanted" >&2
    exit 0
fi
missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "vigie: please install as root: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
$as_root true || { echo "vigie: sudo does not let you; please install as root: apt-get install$missing" >&2; exit 1; }
echo "vigie: installing$missing"
$as_root apt-get update -qq
# A test machine must not start the servers that it installs: tests start their own, on loopback.
policy=/usr/sbin/policy-rc.d
made_policy=
if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null && $as_root chmod 755 $policy && made_policy=1
fi
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
status=$?
[ -z "$made_policy" ] || $as_root rm -f $policy
[ $status -eq 0 ] || echo "vigie: could not install$missing" >&2
exit $status
