#!/bin/bash
# What somebody does who has never seen Vigie: typing errors, files that are not what they should be, places that
# cannot be written. Each gets one line that says what to do, and the exit status that scripts go by.
. "$(dirname "$0")/lib.bash"
export LC_ALL=C.UTF-8
board=assets/boards/plateau.yaml

expect() { # status "words of the first line of stderr, or of stdout where that is empty" arguments...
    local status=$1 words=$2
    shift 2
    timeout 60 "$vigie" "$@" >"$work/out" 2>"$work/err" </dev/null
    local got=$?
    [ $got -eq "$status" ] || fail "vigie $*: exit status $got, not $status"
    cat "$work/err" "$work/out" | head -n 1 | grep -qF -- "$words" || fail "vigie $*: no \"$words\" in: $(head -n 1 "$work/err" "$work/out")"
}

# what was typed wrong
expect 2 'there is no command "chekc"; did you mean "check"?' chekc
expect 2 'there is no command "wall"; vigie --help lists them' wall
expect 2 'there is no option --jsno; did you mean --json?' check --jsno "$board"
expect 2 'there is no option -j' check -j "$board"
expect 2 '--json takes no value' check --json=no "$board"
expect 2 '"other" is one word too many' check "$board" other
expect 2 '--size wants a size such as 1280x720, not "0x0"' render "$board" --out "$work/x.png" --size 0x0
expect 2 '--size wants a size such as 1280x720, not "99999x99999"' render "$board" --out "$work/x.png" --size 99999x99999
expect 2 '--at wants a time' render "$board" --out "$work/x.png" --at hier
expect 2 '--at wants a time from 2000 to 2099' render "$board" --out "$work/x.png" --at 9999-12-31T23:59
expect 2 '--theme is dark, light, ' render "$board" --out "$work/x.png" --theme pink
expect 2 '--goal wants a number from 0 to 0.999999, not 80' staffing --calls 9 --interval 900 --aht 60 --agents 3 --target 20 --goal 80
expect 2 '--out wants a FILE.pdf or FILE.png' history "$board" --report week --out "$work/week.gif"
expect 1 'there is no history yet; `vigie run` writes one' history "$board"

# with what it runs
for library in cJSON libyaml libcurl libjq SQLite SDL SDL_ttf cairo libmicrohttpd; do
    "$vigie" --version | grep -q "^$library[ /]" || fail "vigie --version does not name $library"
done

# what is not there, or cannot be
expect 1 'No such file or directory; is the path right?' run "$work/none.yaml" --window 640x360
expect 1 "the picture cannot be written: No such file or directory" render "$board" --out "$work/none/x.png"
mkdir "$work/folder.yaml"
printf '\tvigie: 1\n' >"$work/tab.yaml"
printf 'vigie: 1\r\ntitle: Été\r\n' >"$work/crlf.yaml"
check() { # "words" FILE: among what check finds
    "$vigie" check "$2" >"$work/out" 2>/dev/null
    [ $? -eq 1 ] || fail "vigie check $2 found no error"
    grep -qF -- "$1" "$work/out" || fail "vigie check $2: no \"$1\" in: $(cat "$work/out")"
}
check 'Is a directory' "$work/folder.yaml"
check '1:1: error: not YAML: there is a tab here; indent with blanks' "$work/tab.yaml"
check 'a board needs "pages"' "$work/crlf.yaml"
if [ "$(id -u)" -ne 0 ]; then
    cp "$board" "$work/closed.yaml" && chmod 000 "$work/closed.yaml"
    check 'Permission denied' "$work/closed.yaml"
fi

# what cannot be delivered is not done
"$vigie" check --schema >/dev/full 2>"$work/err" && fail "a full disk was taken for success"
grep -qF 'the output could not be written; is the disk full,' "$work/err" || fail "a full disk: $(cat "$work/err")"
"$vigie" check "$board" >&- 2>"$work/err" # nothing to print, nothing lost
[ $? -eq 0 ] || fail "a closed output, and nothing to print: $(cat "$work/err")"
"$vigie" check --schema >&- 2>/dev/null && fail "a closed output was taken for success"
"$vigie" check --schema 2>"$work/err" | head -n 1 >/dev/null
[ ! -s "$work/err" ] || fail "head has read enough: $(cat "$work/err")"

# other machines: no home, other languages, odd time zones, a folder that is read only
draw() { # NAME setting...
    local name=$1
    shift
    env "$@" "$vigie" render "$board" --out "$work/$name.png" --at 2026-11-20T14:07 || fail "with $*"
}
draw here
draw elsewhere HOME= LC_ALL=tr_TR.UTF-8 TZ=Nowhere/At_All
cmp -s "$work/here.png" "$work/elsewhere.png" || fail "another language and an odd time zone draw another picture"
(cd / && env -i "$vigie" check "$tree/$board" 2>/dev/null) || fail "without any environment"

for command in run demo check render probe replay history staffing simulate; do
    "$vigie" "$command" --help >"$work/out" || fail "vigie $command --help"
    awk 'length > 120' "$work/out" | grep -q . && fail "vigie $command --help has lines that no terminal shows"
done
echo "command line: each mistake is told in a line"
