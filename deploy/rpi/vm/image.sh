#!/bin/sh
# A disk for a virtual machine: Debian's kernel, systemd, no desktop, and the package of build/deb installed. For
# tests only: root has no password on a serial port that only the one who starts the machine can reach.
# usage: deploy/rpi/vm/image.sh FOLDER [amd64|arm64]      leaves root.img, vmlinuz, initrd.img there
#
# The Debian without the package is kept in ~/.cache/vigie, so that a second disk takes a minute. Another processor's
# takes a quarter of an hour the first time: its packages are configured under emulation.
. "$(dirname "$0")/../lib.sh"
tree=$(cd "$(dirname "$0")/../../.." && pwd)

needs_root
folder=$1 processor=${2:-$own}
deb=$(package_for "$processor")
[ -n "$deb" ] || give_up "there is no package of $suite for $processor in build/deb; make deb ARCH=$processor SUITE=$suite"
emulator=/proc/sys/fs/binfmt_misc/qemu-aarch64
[ "$processor" = "$own" ] || [ -e $emulator ] ||
    give_up "this kernel cannot start programs of $processor; apt-get install qemu-user-static binfmt-support"

depends=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed -E 's/\|.*//; s/\(.*//; s/ //g' | paste -sd,)
packages="systemd-sysv,dbus,kmod,kbd,initramfs-tools,linux-image-$processor,netbase,iproute2,procps,login,passwd"
packages="$packages,systemd-timesyncd,apt,sqlite3,overlayroot,busybox,$depends"
# The kernel finds the five modules of this machine in its initrd, not all there are: each costs a program's start,
# and emulated those were an hour.
few_modules='mkdir -p "$1/etc/initramfs-tools/conf.d" "$1/usr/share/initramfs-tools/modules.d"
echo MODULES=list >"$1/etc/initramfs-tools/conf.d/vigie"
printf "%s\n" virtio_pci virtio_blk virtio_console virtio_gpu ext4 >"$1/usr/share/initramfs-tools/modules.d/vigie"'
base=$cache/vm-$suite-$processor-$(echo "$packages $few_modules" | cksum | cut -c1-8)
[ -d "$base" ] || make_debian "$base" "$processor" "$packages" "$few_modules"

mkdir -p "$folder"
root=$folder/root
rm -rf "$root"
cp -a "$base" "$root"
inside() { unshare --mount sh -eu -c 'r=$1; shift; mount -t proc proc "$r/proc"; mount --rbind /dev "$r/dev"; exec chroot "$r" env TMPDIR=/tmp "$@"' sh "$root" "$@"; }
cp "$deb" "$root/vigie.deb"
inside dpkg -i /vigie.deb >"$folder/install.log" 2>&1 || { tail "$folder/install.log"; exit 1; }
rm "$root/vigie.deb"
echo vigie-test >"$root/etc/hostname"
echo '127.0.0.1 localhost vigie-test' >"$root/etc/hosts"
# what is called /boot/firmware on a Pi: a FAT partition, here a disk of its own
mkdir -p "$root/boot/firmware"
printf '%s\n' '/dev/vda / ext4 defaults,noatime 0 1' \
    '/dev/vdb /boot/firmware vfat defaults,nofail,x-systemd.device-timeout=30s 0 2' >"$root/etc/fstab"
printf '[Match]\nName=e*\n[Network]\nDHCP=yes\n' >"$root/etc/systemd/network/80-dhcp.network"
# nothing to be fetched from where there is no network
rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*
inside systemctl enable systemd-networkd.service >/dev/null 2>&1
inside passwd -d root >/dev/null
cp -L "$root/vmlinuz" "$root/initrd.img" "$folder/"
rm -f "$folder/root.img"
truncate -s 3G "$folder/root.img"
mkfs.ext4 -q -F -L root -d "$root" "$folder/root.img"
rm -rf "$root"
say "$folder/root.img: $(du -h "$folder/root.img" | cut -f1)"
