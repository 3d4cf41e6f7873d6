#!/bin/sh
# Boots the package in a virtual machine and breaks it in all the ways that can be tried without a Raspberry Pi. A job
# of its own, not part of `make check`: makes a disk of 3 GB (sparse) below $TMPDIR, which is deleted at the end, and
# takes half an hour, since the processor is emulated. Needs root, for making the disk.
#     make vm-test                                    all
#     deploy/rpi/vm/vm-test.sh keys_are_taken …       some
#     VIGIE_VM_PROCESSOR=arm64 …                      another processor's package; the first picture takes minutes
#     VIGIE_VM_PATIENCE=4 …                           waits four times as long, where much else is going on
#     VIGIE_VM_IMAGE=FOLDER …            a disk that image.sh made before; VIGIE_VM_SCREENS=FOLDER keeps what was seen
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
tree=$(cd "$here/../../.." && pwd)
processor=${VIGIE_VM_PROCESSOR:-amd64}
case $processor in
    amd64) emulator=qemu-system-x86_64 package=qemu-system-x86 ;;
    arm64) emulator=qemu-system-aarch64 package=qemu-system-arm ;;
    *) echo "vm-test.sh: no machine for \"$processor\"; amd64 or arm64" >&2; exit 2 ;;
esac
for program in $emulator qemu-img convert python3 mkfs.vfat mcopy; do
    command -v $program >/dev/null || { echo "vm-test.sh: $program is missing; apt-get install $package qemu-utils seabios imagemagick python3 dosfstools mtools" >&2; exit 1; }
done
deb=$(package_for "$processor")
[ -n "$deb" ] || give_up "there is no package of $suite for $processor in build/deb; make deb ARCH=$processor SUITE=$suite"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
image=${VIGIE_VM_IMAGE:-$work/image}
[ -e "$image/root.img" ] || "$here/image.sh" "$image" "$processor"
status=0
python3 "$here/vm-test.py" "$image" "$work/run" "$processor" "$deb" "$@" || status=$?
if [ -n "${VIGIE_VM_SCREENS:-}" ]; then
    mkdir -p "$VIGIE_VM_SCREENS"
    for screen in "$work"/run/*.ppm; do
        [ ! -e "$screen" ] || convert "$screen" "$VIGIE_VM_SCREENS/$(basename "$screen" .ppm).png"
    done
    cp "$work"/run/journal.log* "$VIGIE_VM_SCREENS/"
fi
exit $status
