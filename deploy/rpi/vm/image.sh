#!/bin/sh
# A disk for a virtual machine: Debian's kernel, systemd, no desktop, and the package of build/deb installed. For
# tests only: root has no password on a serial port that only the one who starts the machine can reach.
# usage: deploy/rpi/vm/image.sh FOLDER          leaves root.img, vmlinuz, initrd.img there
. "$(dirname "$0")/../lib.sh"
tree=$(cd "$(dirname "$0")/../../.." && pwd)

needs_root
folder=$1
deb=$(ls -t "$tree"/build/deb/vigie_*_"$own".deb 2>/dev/null | head -n 1)
[ -n "$deb" ] || give_up "there is no package for $own in build/deb; make deb"
depends=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed -E 's/\|.*//; s/\(.*//; s/ //g' | paste -sd,)
mkdir -p "$folder"
root=$folder/root

make_debian "$root" "$own" "systemd-sysv,dbus,kmod,kbd,initramfs-tools,linux-image-$own,netbase,iproute2,procps,login,passwd,systemd-timesyncd,$depends"
inside() { unshare --mount sh -eu -c 'r=$1; shift; mount -t proc proc "$r/proc"; mount --rbind /dev "$r/dev"; exec chroot "$r" "$@"' sh "$root" "$@"; }
cp "$deb" "$root/vigie.deb"
inside dpkg -i /vigie.deb >"$folder/install.log" 2>&1 || { tail "$folder/install.log"; exit 1; }
rm "$root/vigie.deb"
echo vigie-test >"$root/etc/hostname"
echo '127.0.0.1 localhost vigie-test' >"$root/etc/hosts"
echo '/dev/vda / ext4 defaults,noatime 0 1' >"$root/etc/fstab"
printf '[Match]\nName=e*\n[Network]\nDHCP=yes\n' >"$root/etc/systemd/network/80-dhcp.network"
inside systemctl enable systemd-networkd.service >/dev/null 2>&1
inside passwd -d root >/dev/null
printf '%s\n' virtio_pci virtio_blk virtio_console virtio_gpu ext4 >>"$root/etc/initramfs-tools/modules"
inside update-initramfs -u >"$folder/initramfs.log" 2>&1 || { tail "$folder/initramfs.log"; exit 1; }
cp -L "$root/vmlinuz" "$root/initrd.img" "$folder/"
truncate -s 3G "$folder/root.img"
mkfs.ext4 -q -F -L root -d "$root" "$folder/root.img"
rm -rf "$root"
say "$folder/root.img: $(du -h "$folder/root.img" | cut -f1)"
