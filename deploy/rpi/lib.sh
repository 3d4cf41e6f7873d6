# What the packaging scripts share; sourced. Everything that they make is below build/package-* and $cache.
set -eu
tree=$(cd "$(dirname "$0")/../.." && pwd)
own=$(dpkg --print-architecture)
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
number=$(case $suite in bookworm) echo 12 ;; trixie) echo 13 ;; *) echo 0 ;; esac)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/vigie
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

say() { echo "$(basename "$0" .sh): $*"; }
give_up() { echo "$(basename "$0"): $*" >&2; exit 1; }
needs_root() { [ "$(id -u)" -eq 0 ] || give_up "needs root, to make and enter a Debian of its own; start it with sudo"; }
package_for() { ls -t "$tree"/build/deb/vigie_*+deb"$number"_"$1".deb 2>/dev/null | head -n 1; } # processor
needs() { command -v "$1" >/dev/null || give_up "$1 is missing; apt-get install $2"; }

# This machine's own sources of Debian's packages, for the suite wanted; so no host is named here. With "updates"
# also those of the security and point updates. MIRROR, where this machine's apt knows no Debian.
sources() { # [updates]
    mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
        awk '$2 == "bookworm" || $2 == "trixie" { print $1; exit }')}
    [ -n "$mirror" ] || give_up "this machine's apt knows no Debian mirror; set MIRROR to one"
    echo "deb $mirror $suite main"
    [ "${1:-}" = updates ] || return 0
    security=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
        awk '$2 ~ /-security$/ { print $1; exit }')
    echo "deb $mirror $suite-updates main"
    [ -z "$security" ] || echo "deb $security $suite-security main"
}

# Half of a Debian never counts as one: it is made beside and renamed. A mirror that is being written to may have
# lists that do not fit; then the release as it came out has to do, without its updates.
make_debian() { # folder architectures packages [order for the folder, before the packages are unpacked]
    needs mmdebstrap mmdebstrap
    mkdir -p "$cache"
    rm -rf "$1" "$1.new"
    say "making a Debian $suite ($2) in $1, once"
    try_debian updates "$@" >"$1.log" 2>&1 || { rm -rf "$1.new"; try_debian "" "$@" >>"$1.log" 2>&1; } || {
        tail -n 20 "$1.log" >&2
        give_up "the Debian could not be made; see $1.log"
    }
    mv "$1.new" "$1"
}
try_debian() { # [updates] folder architectures packages [order]
    sources "$1" | mmdebstrap --variant=minbase --architectures="$3" --include="$4" \
        --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' --essential-hook="${5:-true}" "$suite" "$2.new" -
}
