#!/bin/bash
# Builds the tests for another processor with the Makefile's own rules and runs them here under qemu-user, so that
# the pixels and figures of a Raspberry Pi are seen to be those of the machine one develops on.
# usage: tools/cross-test.sh arm64|armhf [UNIT...]        UNIT: test_scene …; none: all of them
#
# What it builds with is a Debian of its own (cross compiler, -dev packages of the other processor), made once and
# kept in ${XDG_CACHE_HOME:-~/.cache}/vigie. Takes its packages from where this machine's apt does. Needs root.
set -eu -o pipefail
cd "$(dirname "$0")/.."

processor=${1:-}
[ $# -eq 0 ] || shift
# -Wno-psabi: gcc's notes on how other releases passed arguments; nothing here is linked with those
case $processor in
    arm64) triplet=aarch64-linux-gnu emulator=qemu-aarch64-static flags= ;;
    armhf) triplet=arm-linux-gnueabihf emulator=qemu-arm-static flags=-Wno-psabi ;;
    *) echo "usage: tools/cross-test.sh arm64|armhf [UNIT...]" >&2; exit 2 ;;
esac
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/vigie
root=$cache/cross-$suite-$processor

missing() {
    echo "cross-test.sh: $*" >&2
    exit 1
}

see_what_is_missing() {
    [ "$(id -u)" -eq 0 ] || missing "needs root, to make and enter a Debian of its own"
    command -v "$emulator" >/dev/null || missing "$emulator is missing; apt-get install qemu-user-static"
    [ -e "$root/ready" ] || command -v mmdebstrap >/dev/null || missing "mmdebstrap is missing; apt-get install mmdebstrap"
}

# This machine's own sources of packages whose suite matches the pattern.
apt_sources() { # pattern
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v pattern="^($1)\$" '$3 ~ pattern && !seen[$0]++'
}

packages() {
    local name list=crossbuild-essential-$processor
    for name in $(tools/need.sh --names build) libcmocka-dev; do
        case $name in
            lib*-dev) list=$list,$name:$processor ;;
            gcc) ;;
            *) list=$list,$name ;;
        esac
    done
    echo "$list"
}

debian_of() { # pattern
    rm -rf "$root.new"
    apt_sources "$1" | mmdebstrap --variant=minbase --architectures="amd64,$processor" --include="$(packages)" \
        --aptopt='APT::Install-Recommends "false"' --dpkgopt='path-exclude=/usr/share/man/*' \
        "$suite" "$root.new" -
}

# Half of a Debian never counts as one: it is made beside and renamed. A mirror that is being written to may have
# lists that do not fit; then the release as it came out has to do, without its updates.
make_root() {
    local log=$root.log
    echo "making a Debian for $processor in $root, once"
    mkdir -p "$cache"
    rm -rf "$root"
    debian_of "$suite.*" >"$log" 2>&1 || debian_of "$suite" >>"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; missing "the Debian could not be made; see $log"; }
    mkdir -p "$root.new/tree"
    packages >"$root.new/ready"
    mv "$root.new" "$root"
}

# One that was made before tools/need.sh asked for more gets that now.
freshen_root() {
    echo "installing in $root what is new"
    { chroot "$root" apt-get update && chroot "$root" apt-get install -y --no-install-recommends $(packages | tr , ' '); } \
        >"$root.log" 2>&1 || { tail -n 20 "$root.log" >&2; missing "that failed; see $root.log"; }
    packages >"$root/ready"
}

# The tree is seen inside through a mount that ends with the command: nothing to undo.
build() { # UNIT...
    local pkg_config="env PKG_CONFIG_LIBDIR=/usr/lib/$triplet/pkgconfig:/usr/share/pkgconfig pkg-config"
    unshare --mount sh -eu -c 'mount --bind "$1" "$2/tree"; root=$2; shift 2; exec chroot "$root" "$@"' sh "$PWD" "$root" \
        make -s -C /tree -j"${JOBS:-$(nproc)}" VARIANT="$processor" CC="$triplet-gcc" AR="$triplet-ar" PKG_CONFIG="$pkg_config" \
        CFLAGS="-O2 -g $flags" "build/$processor/vigie" "${@/#/build/$processor/tests/}"
}

# The mapper and some tests start a program by its name, and this machine cannot: a script of that name can.
write_starters() {
    local folder=build/$processor/emulated program
    mkdir -p "$folder"
    for program in vigie vigie-mapper; do
        printf '#!/bin/sh\nexec %s -L %s %s/build/%s/%s "$@"\n' "$(command -v "$emulator")" "$root" "$PWD" "$processor" $program >"$folder/$program"
        chmod +x "$folder/$program"
    done
    echo "$PWD/$folder/vigie"
}

# VIGIE_EMULATED: qemu-user lets no limit of memory through and no seccomp; what tests these is skipped.
run() { # UNIT...
    local unit programs=()
    for unit; do
        programs+=("build/$processor/tests/$unit")
    done
    VIGIE_EMULATED=1 VIGIE_PROGRAM=$(write_starters) RUNNER="$emulator -L $root" tools/run-tests.sh "build/$processor" "${programs[@]}"
}

report_pictures() { # UNIT...
    local unit
    for unit; do
        grep '^golden ' "build/$processor/tests/$unit.log" || true
    done
}

all_units() {
    local file
    for file in tests/test_*.c; do
        basename "$file" .c
    done
}

see_what_is_missing
[ -e "$root/ready" ] || make_root
[ "$(packages)" = "$(cat "$root/ready")" ] || freshen_root
units=("$@")
[ $# -gt 0 ] || mapfile -t units < <(all_units)
build "${units[@]}"
status=0
run "${units[@]}" || status=$?
report_pictures "${units[@]}"
exit $status
