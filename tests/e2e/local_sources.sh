#!/bin/bash
# A script that leaves its figures in a file beside the board, and one that writes them to standard input.
. "$(dirname "$0")/lib.bash"

cd "$work" || exit 2
board() { # url
    cat <<EOF
vigie: 1
sources: [{name: export, adapter: generic/filter-canonical, url: '$1', every: 1s}]
pages: [{tiles: [{kpi: calls_waiting}]}]
EOF
}
document() { # value
    printf '{"samples":[{"id":"waiting_now","value":%d,"window":"now","dims":{}}]}' "$1"
}
expect() { # words file
    grep -q -- "$1" "$2" || fail "\"$1\" is not in: $(cat "$2")"
}

board file:export.json >file.yaml
document 12 >export.json
"$vigie" check file.yaml || fail "the board has problems"
"$vigie" probe file.yaml --source export --json >out 2>err || fail "the file is not read: $(cat err)"
jq -e --argjson written "$(stat -c %Y export.json)" '.samples[0].value == 12 and (.at - $written | fabs) < 1' out >/dev/null ||
    fail "not the figures of the file, or not the time of its writing: $(cat out)"
printf '{"samples":[{"id"' >export.json
"$vigie" probe file.yaml --source export >out 2>&1 && fail "half a file was believed"
expect "rename that" out
rm export.json
"$vigie" probe file.yaml --source export >out 2>&1 && fail "a missing file was not noticed"
expect "export.json: No such file or directory" out

board stdin: >stdin.yaml
{ document 1; echo; document 31; } | "$vigie" probe stdin.yaml --source export --json >out 2>err || fail "standard input is not read: $(cat err)"
jq -e '.samples[0].value == 31' out >/dev/null || fail "not the newest figures of standard input: $(cat out)"
: | "$vigie" probe stdin.yaml --source export >out 2>&1 && fail "the end of standard input was not noticed"
expect "whoever writes there has ended" out

# The end of input is the end of a source, not of the wall.
{ document 31; sleep 1; } | timeout 20 "$vigie" render stdin.yaml --out wall.png --size 640x360 || fail "no picture"
[ "$(png_size wall.png)" = 640x360 ] || fail "not a picture: $(png_size wall.png)"
[ -z "${KEEP_PICTURES:-}" ] || cp wall.png "$KEEP_PICTURES/stdin.png"
echo "a file and standard input are sources; half a file, a missing one and the end of input are told"
