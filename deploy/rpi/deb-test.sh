#!/bin/sh
# The package's whole life in a Debian of its own, as piuparts would: installed, started once without a service manager,
# updated, downgraded, removed and purged; what is left behind then is what a person wrote, and nothing else.
# usage: make deb && sudo deploy/rpi/deb-test.sh          needs root and mmdebstrap; SUITE=trixie before both: of that Debian
. "$(dirname "$0")/lib.sh"
needs_root
deb=$(package_for "$own")
[ -n "$deb" ] || give_up "there is no package of $suite for $own in build/deb; make deb SUITE=$suite"
work=$(mktemp -d)
root=$work/root
trap 'rm -rf "$work"' EXIT

step() { echo "== $*"; }
inside() { unshare --mount sh -eu -c 'r=$1; shift; mount -t proc proc "$r/proc"; exec chroot "$r" env TMPDIR=/tmp "$@"' sh "$root" "$@"; }

# The same package with another number.
renumbered() { # version
    dpkg-deb -R "$deb" "$work/tree"
    sed -i "s/^Version: .*/Version: $1/" "$work/tree/DEBIAN/control"
    dpkg-deb -b "$work/tree" "$root/vigie_$1.deb" >/dev/null
    rm -rf "$work/tree"
}

# Every path but what is the package manager's own.
listed() { (cd "$root" && find etc usr var opt srv home root -xdev | grep -vE '^var/(lib/dpkg|cache|log|lib/apt|lib/systemd/deb-systemd)' | sort) >"$1"; }

depends=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed -E 's/\|.*//; s/\(.*//; s/ //g' | paste -sd,)
make_debian "$root" "$own" "$depends"
renumbered 0.0.1
renumbered 99.0
cp "$deb" "$root/vigie.deb"
# what systemd would tell, there is nobody to tell; and nothing of this must start on the machine that tests
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
listed "$work/before"

step "installed"
inside dpkg -i /vigie.deb >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
inside id vigie
[ "$(stat -c '%a %U' "$root/etc/vigie")" = "755 root" ] || give_up "/etc/vigie: $(stat -c '%a %U' "$root/etc/vigie")"
[ "$(inside stat -c '%a %U' /etc/vigie/secrets)" = "700 vigie" ] || give_up "/etc/vigie/secrets: $(inside stat -c '%a %U' /etc/vigie/secrets)"
for unit in "$tree"/deploy/rpi/debian/*.service "$tree"/deploy/rpi/debian/*.timer; do
    [ -e "$root/usr/lib/systemd/system/$(basename "$unit")" ] || give_up "the package lacks $(basename "$unit")"
done
[ -L "$root/etc/systemd/system/multi-user.target.wants/vigie.service" ] || give_up "the service is not switched on"
[ ! -e "$root/etc/systemd/system/timers.target.wants/vigie-tv-off.timer" ] || give_up "the TV's hours are switched on unasked"

step "it shows its first picture as the account vigie, with the fonts of other packages"
inside /usr/lib/vigie/vigie-provision
inside grep -q 'VIGIE_BOARD=/usr/share/vigie/welcome.yaml' /run/vigie-provision/environment
inside setpriv --reuid vigie --regid vigie --init-groups vigie check /usr/share/vigie/welcome.yaml
inside setpriv --reuid vigie --regid vigie --init-groups vigie render /usr/share/vigie/welcome.yaml --out /tmp/first.png
[ -s "$root/tmp/first.png" ] || give_up "there is no picture"
[ -z "${KEEP_PICTURE:-}" ] || cp "$root/tmp/first.png" "$KEEP_PICTURE"
rm "$root/tmp/first.png"

step "vigie-setup writes a board that the account vigie can read, and a secret that nobody else can"
printf 'fr\nhubspot\n' >"$root/answers"
printf 'canary\n\n\n\n\n\n' >>"$root/answers"
inside sh -c 'vigie-setup </answers >/said' || { cat "$root/said"; give_up "vigie-setup refuses"; }
inside setpriv --reuid vigie --regid vigie --init-groups test -r /etc/vigie/board.yaml
inside setpriv --reuid vigie --regid vigie --init-groups test -r /etc/vigie/secrets/hubspot-token
if inside setpriv --reuid nobody --regid nogroup --clear-groups test -r /etc/vigie/secrets/hubspot-token; then give_up "others can read a secret"; fi
board=$(cksum <"$root/etc/vigie/board.yaml")

for version in 99.0 0.0.1; do
    step "to version $version"
    inside dpkg -i "/vigie_$version.deb" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    ! grep -qi 'conffile\|configuration file' "$work/log" || give_up "an update asks: $(cat "$work/log")"
    [ "$(cksum <"$root/etc/vigie/board.yaml")" = "$board" ] || give_up "an update has touched the board"
done

step "removed"
mkdir -p "$root/var/lib/vigie" && touch "$root/var/lib/vigie/history.db"
inside dpkg -r vigie >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
[ -e "$root/etc/vigie/secrets/hubspot-token" ] && [ -e "$root/var/lib/vigie/history.db" ] || give_up "a removal has lost what an installation needs again"
[ ! -e "$root/usr/bin/vigie" ] || give_up "the program is left"

step "purged"
inside dpkg -P vigie >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
[ "$(cksum <"$root/etc/vigie/board.yaml")" = "$board" ] || give_up "what a person wrote is lost"
rm "$root/etc/vigie/board.yaml"
rmdir "$root/etc/vigie" || give_up "left in /etc/vigie: $(ls "$root/etc/vigie")"
listed "$work/after"
diff "$work/before" "$work/after" >"$work/left" || { cat "$work/left"; give_up "these are left behind, or gone too much"; }
echo "nothing is left behind; the account vigie stays, as accounts do"
