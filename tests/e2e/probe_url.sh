#!/bin/bash
# `vigie probe --url` on answers that it never saw: the filter and the board that it writes work as they stand.
. "$(dirname "$0")/lib.bash"
skip_without python3 python3
skip_without jq jq

mkdir "$work/draft"
port=$(free_port)
server=http://127.0.0.1:$port
start python3 tests/e2e/probe_server.py "$port" letmein
wait_for 10 curl -fsS "$server/flat" || fail "the test's own server does not start"
printf letmein >"$work/secret"
chmod 600 "$work/secret"

drafted() { # path words-of-the-filter-or-adapter samples...: the draft is sound and gives these samples
    local path=$1 reader=$2 folder="$work/draft$1"
    shift 2
    "$vigie" probe --url "$server$path" --write "$folder" >"$work/out" 2>"$work/err" || fail "$path: $(cat "$work/err")"
    "$vigie" check "$folder/board.yaml" >"$work/check" 2>&1 || fail "$path: the board has errors: $(cat "$work/check")"
    grep -q -- "adapter: $reader" "$folder/board.yaml" || fail "$path: not read by $reader: $(cat "$folder/board.yaml")"
    "$vigie" probe "$folder/board.yaml" --json >"$work/json" 2>"$work/err" || fail "$path: the draft fails: $(cat "$work/err")"
    jq -e '.rejected == []' "$work/json" >/dev/null || fail "$path: rejected: $(cat "$work/json")"
    jq -r '.samples[] | [.id, .value, .window, (.dims | to_entries | map(.value) | join("+"))] | map(tostring) | join(" ")' \
        "$work/json" | sort >"$work/samples"
    printf '%s\n' "$@" | sort | diff - "$work/samples" || fail "$path: not these samples"
    "$vigie" render "$folder/board.yaml" --out "$folder/wall.png" --size 1280x720 2>"$work/err" || fail "$path: no picture: $(cat "$work/err")"
    [ -z "${KEEP_PICTURES:-}" ] || cp "$folder/wall.png" "$KEEP_PICTURES/probe-${path#/}.png"
}

drafted /flat source.jq "waiting_now 4 now " "longest_wait_s 72 now " "agents_logged_in 14 now " "agents_available 2 now " \
    "answer_rate 91.5 today " "offered 431 today " "answered 402 today "
grep -q '\.maj .*\*\*\*' "$work/out" && fail "a time is masked"
grep -q 'x.y@example' "$work/out" && fail "a mail address is shown"
[ "$(jq '.at != null' "$work/json")" = true ] || fail "the time of the figures is lost"

drafted /queues source.jq "waiting_now 3 now Lyon+Ventes+voice" "longest_wait_s 47 now Lyon+Ventes+voice" \
    "offered 120 today Lyon+Ventes+voice" "answered 101 today Lyon+Ventes+voice" "abandoned 9 today Lyon+Ventes+voice" \
    "waiting_now 0 now Nantes+SAV+chat" "longest_wait_s 0 now Nantes+SAV+chat" "offered 80 today Nantes+SAV+chat" \
    "answered 77 today Nantes+SAV+chat" "abandoned 2 today Nantes+SAV+chat"
grep -qE 'Anna|\+33' "$work/out" && fail "a person is shown: $(cat "$work/out")"
jq -e '.samples | length == 10' "$work/json" >/dev/null || fail "figures of a person are drafted"

drafted /prometheus prometheus/filter "waiting_now 5 now Ventes" "waiting_now 2 now SAV" "longest_wait_s 31.5 now SAV"
drafted /canonical generic/filter-canonical "waiting_now 6 now Ventes"

# The filter of ours is also right for the jq of the system, which may be another version than ours.
for path in flat queues; do
    curl -fsS "$server/$path" | jq --argjson now 0 --argjson cfg '{}' -f "$work/draft/$path/source.jq" >"$work/jq" 2>"$work/err" \
        || fail "jq refuses the filter of $path: $(cat "$work/err")"
    jq -e '.samples | length > 6' "$work/jq" >/dev/null || fail "jq makes other figures of $path"
done

# For machines, and without files.
"$vigie" probe --url "$server/queues" --json >"$work/json" 2>"$work/err" || fail "--json: $(cat "$work/err")"
jq -e '[.scalars[] | select(.path == ".sites[].queues[].stats.longestWaitMs")] == [{"path": ".sites[].queues[].stats.longestWaitMs",
    "type": "number", "times": 2, "value": "47000", "likely": "longest_wait_s", "factor": 0.001, "window": "now"}]' "$work/json" >/dev/null \
    || fail "--json: $(cat "$work/json")"
"$vigie" probe --url "$server/flat" | grep -q '^---- board.yaml ----$' || fail "the draft is not printed"

# Nobody's file is written over.
"$vigie" probe --url "$server/flat" --write "$work/draft/flat" >"$work/out" 2>&1 && fail "a board was written over"
grep -q 'another folder' "$work/out" || fail "does not say why nothing was written: $(cat "$work/out")"

# Signing in, with a secret named from here in a board that stands elsewhere.
(cd "$work" && "$vigie" probe --url "$server/sign/bearer" --auth bearer --auth secret=file:secret --write signed >out 2>err) || fail "bearer: $(cat "$work/err")"
"$vigie" probe "$work/signed/board.yaml" >"$work/out" 2>&1 || fail "the signed draft: $(cat "$work/out")"

# So is an answer in a file.
mkdir "$work/export"
printf '{"queues": [{"name": "Ventes", "waiting": 4}]}' >"$work/export/answer.json"
(cd "$work/export" && "$vigie" probe --url file:answer.json --write ../from-file >out 2>err) || fail "file: $(cat "$work/export/err")"
"$vigie" probe "$work/from-file/board.yaml" >"$work/out" 2>&1 || fail "the draft from a file: $(cat "$work/out")"

says() { # words path arguments...: it fails, and says so
    local words=$1 path=$2
    shift 2
    "$vigie" probe --url "$server$path" "$@" >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] || fail "$path $*: not status 1"
    [ ! -s "$work/out" ] || fail "$path $*: a failure wrote a result"
    grep -qF -- "$words" "$work/err" || fail "$path $*: no word of \"$words\": $(cat "$work/err")"
    ! grep -q letmein "$work/err" || fail "$path $*: a secret is shown: $(cat "$work/err")"
}

printf wrong-one >"$work/wrong"
chmod 600 "$work/wrong"
says "--auth basic" /sign/basic
says "--auth bearer" /sign/bearer
says "check the secret" /sign/basic --auth basic --auth id=floor --auth secret=file:"$work/wrong"
says "a page for people" /login
says "file:export.json" /csv
says "with nothing in it" /nothing
says "compare it with the vendor's documentation" /elsewhere
says "secret=file:PATH" /flat --auth bearer --auth secret=letmein
says "secret=file:PATH" /flat --header "Authorization: Bearer letmein"
server=https://127.0.0.1:$port says "TLS" /flat

"$vigie" probe --url "$server/flat" board.yaml >/dev/null 2>&1
[ $? -eq 2 ] || fail "a board and --url together are not a mistake of usage"
"$vigie" probe --method POST >/dev/null 2>&1
[ $? -eq 2 ] || fail "--method without --url is not a mistake of usage"
echo "four unknown answers drafted, checked, asked and drawn; ten faults named; no person and no secret printed"
