#!/bin/sh
# Builds the Debian package into build/deb/ and looks at it with lintian.
#
#     deploy/rpi/deb.sh                  for this machine, with what is installed here
#     deploy/rpi/deb.sh arm64            for another processor (arm64, armhf, amd64), or
#     SUITE=trixie deploy/rpi/deb.sh     for another Debian: in a Debian of its own, which is made once, below
#                                        ~/.cache/vigie, out of cross compilers and -dev packages (2 GB; needs root)
#
# VIGIE_DEB_VERSION: a version of one's own, for rehearsing updates; +deb12 or +deb13 is put behind it.
. "$(dirname "$0")/lib.sh"
wanted=${1:-$own}
case $wanted in amd64 | arm64 | armhf) ;; *) give_up "no package is made for \"$wanted\"; amd64, arm64 or armhf" ;; esac
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
version=${VIGIE_DEB_VERSION:-$(cat "$tree/VERSION")}+deb$number
out=$tree/build/deb
work=$tree/build/package-$wanted

# The tree as it is in git, changed files and new ones as they are here, with debian/ where Debian wants it.
stage() {
    rm -rf "$work"
    mkdir -p "$work/vigie" "$out"
    (cd "$tree" && git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -cf - -T -) |
        tar -xf - -C "$work/vigie"
    cp -r "$work/vigie/deploy/rpi/debian" "$work/vigie/debian"
    changelog >"$work/vigie/debian/changelog"
}

# The same commit gives the same package: the date is the commit's.
changelog() {
    date=$(git -C "$tree" log -1 --format=%cD)
    printf 'vigie (%s) %s; urgency=medium\n\n  * See /usr/share/doc/vigie/NEWS.gz for what a user notices.\n\n' \
        "$version" "$suite"
    printf ' -- Vigie developers <vigie@example.invalid>  %s\n' "$date"
}

names_for_chroot() { # architecture...
    list="build-essential,debhelper,dh-sequence-installsysusers,fakeroot,lintian,mandoc"
    for name in $("$tree/tools/need.sh" --names build); do
        case $name in
            libonig-dev) ;; # only needed where libjq is linked statically, and not to be had for two processors at once
            lib*-dev) for architecture; do list=$list,$name:$architecture; done ;;
            *) list=$list,$name ;;
        esac
    done
    for architecture; do [ "$architecture" = "$own" ] || list=$list,crossbuild-essential-$architecture; done
    echo "$list"
}

# Seen inside through a mount that ends with the command: nothing to undo; $TMPDIR is a folder of the outside.
in_chroot() { # command
    unshare --mount sh -eu -c 'mount --bind "$1" "$2/work"; mount -t proc proc "$2/proc"; exec chroot "$2" env TMPDIR=/tmp sh -c "cd /work/vigie && $3"' \
        sh "$work" "$root" "$1"
}

make_chroot() {
    needs_root
    root=${VIGIE_CHROOT:-$cache/package-$suite-$wanted}
    architectures=$own
    [ "$wanted" = "$own" ] || architectures=$own,$wanted
    [ -d "$root" ] || make_debian "$root" "$architectures" "$(names_for_chroot $(echo "$architectures" | tr , ' '))"
    mkdir -p "$root/work"
}

build="dpkg-buildpackage -us -uc -b -a$wanted"
look="lintian --allow-root --fail-on error --tag-display-limit 0 ../*.changes"

# Built and looked at by the tools of the Debian that it is for.
build_in_chroot() {
    make_chroot
    in_chroot "$build" >"$work/log" 2>&1 || not_built
    in_chroot "$look" || give_up "lintian found errors"
}

build_here() {
    (cd "$work/vigie" && $build) >"$work/log" 2>&1 || not_built
    ! command -v lintian >/dev/null || (cd "$work/vigie" && $look) || give_up "lintian found errors"
}

not_built() {
    tail -n 30 "$work/log" >&2
    give_up "the package was not built; see $work/log"
}

stage
begun=$(date +%s)
if [ "$wanted" = "$own" ] && [ "$suite" = "$here" ]; then
    needs dpkg-buildpackage "dpkg-dev debhelper"
    build_here
else
    build_in_chroot
fi
cp "$work"/*.deb "$out/"
say "$(cd "$work" && ls vigie_*.deb) for $suite in build/deb, after $(($(date +%s) - begun)) s"
