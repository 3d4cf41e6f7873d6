#!/bin/sh
# Boots the package in a virtual machine and breaks it in all the ways that can be tried without a Raspberry Pi. A job
# of its own, not part of `make check`: makes a disk of 3 GB (sparse) below $TMPDIR, which is deleted at the end, and
# takes some ten minutes, since the processor is emulated. Needs root, for making the disk.
#     make vm-test                       all
#     deploy/rpi/vm/vm-test.sh keys_are_taken …       some
#     VIGIE_VM_IMAGE=FOLDER …            a disk that image.sh made before; VIGIE_VM_SCREENS=FOLDER keeps what was seen
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for program in qemu-system-x86_64 qemu-img convert python3; do
    command -v $program >/dev/null || { echo "vm-test.sh: $program is missing; apt-get install qemu-system-x86 qemu-utils seabios imagemagick python3" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
image=${VIGIE_VM_IMAGE:-$work/image}
[ -e "$image/root.img" ] || "$here/image.sh" "$image"
status=0
python3 "$here/vm-test.py" "$image" "$work/run" "$@" || status=$?
if [ -n "${VIGIE_VM_SCREENS:-}" ]; then
    mkdir -p "$VIGIE_VM_SCREENS"
    for screen in "$work"/run/*.ppm; do
        [ ! -e "$screen" ] || convert "$screen" "$VIGIE_VM_SCREENS/$(basename "$screen" .ppm).png"
    done
    cp "$work/run/journal.log" "$VIGIE_VM_SCREENS/"
fi
exit $status
