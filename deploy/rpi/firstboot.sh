#!/bin/sh
# Makes a wall out of a freshly written Raspberry Pi OS Lite (bookworm or trixie), once. Put onto the card's boot
# partition, with the package and the folder `vigie` (see README.md there), by any PC:
#
#     vigie/firstboot.sh   this file        vigie/vigie_*.deb    the package for this Pi
#     vigie/board.yaml …   what vigie-provision takes over at each start
#
# and start it at the first boot: `sudo sh /boot/firmware/vigie/firstboot.sh` by hand or over ssh, or as a command of
# the Imager's or cloud-init's `runcmd`. A network is needed once, for the packages that the package depends on.
#     --overlay   also makes the card read-only: what a power cut meets is never half written
# It may be started again; what is done is left alone. Restart afterwards.
set -eu
boot=${BOOT:-/boot/firmware}
[ "$(id -u)" -eq 0 ] || { echo "firstboot.sh: start it with sudo" >&2; exit 1; }

install_package() {
    deb=$(ls "$boot"/vigie/vigie_*_"$(dpkg --print-architecture)".deb 2>/dev/null | sort -V | tail -n 1)
    [ -n "$deb" ] || { echo "firstboot.sh: there is no vigie_*_$(dpkg --print-architecture).deb in $boot/vigie" >&2; exit 1; }
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y "$deb"
}

# Words of the kernel's command line that are not there yet. It is one line, and must stay one.
add_to_command_line() {
    line=$(head -n 1 "$boot/cmdline.txt")
    for word; do
        case " $line " in *" $word "*) ;; *) line="$line $word" ;; esac
    done
    printf '%s\n' "$line" >"$boot/cmdline.txt.new"
    mv "$boot/cmdline.txt.new" "$boot/cmdline.txt"
}

# The log in memory: cards wear out from it.
log_in_memory() {
    mkdir -p /etc/systemd/journald.conf.d
    printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=32M\n' >/etc/systemd/journald.conf.d/vigie.conf
}

# The chip restarts the Pi when the kernel hangs; it counts to 15 s at most.
hardware_watchdog() {
    mkdir -p /etc/systemd/system.conf.d
    printf '[Manager]\nRuntimeWatchdogSec=14s\nRebootWatchdogSec=2min\n' >/etc/systemd/system.conf.d/vigie.conf
}

read_only_card() {
    command -v raspi-config >/dev/null || { echo "firstboot.sh: no raspi-config here; the card stays writable" >&2; return; }
    raspi-config nonint enable_overlayfs
}

install_package
# a dark console without cursor, and the memory cgroup, without which the service's limit has no effect
[ ! -f "$boot/cmdline.txt" ] || add_to_command_line consoleblank=0 vt.global_cursor_default=0 logo.nologo quiet cgroup_enable=memory
log_in_memory
hardware_watchdog
systemctl set-default multi-user.target
[ "${1:-}" != --overlay ] || read_only_card
echo "firstboot.sh: done; sudo reboot"
