#!/bin/bash
# A wall remembers: it is killed while it runs, and what it committed is read back by `vigie history`; the week's
# report is drawn of weeks of the simulated centre.
. "$(dirname "$0")/lib.bash"
skip_without Xvfb xvfb

cp -r "$tree/assets/boards/demo.yaml" "$work/board.yaml"
echo "history: {path: memory/board.db}" >>"$work/board.yaml"
memory=$work/memory/board.db

# ---- weeks in seconds, and the report of one of them ----
make -s -C "$tree" VARIANT=release build/release/tests/bench/bench_month || fail "the month is not built"
export VIGIE_ASSETS=$tree/assets
"$tree/build/release/tests/bench/bench_month" "$work/board.yaml" "$memory" 2026-11-20T16:00 12 || fail "no month"
"$vigie" history "$work/board.yaml" --step day --since 2026-11-09 --until 2026-11-20 --kpi service_level \
    >"$work/days.csv" 2>/dev/null || fail "no export"
[ "$(grep -c '^2026-11-.*,service_level,,30m,' "$work/days.csv")" -eq 9 ] || fail "nine whole days: $(cat "$work/days.csv")"
tail -n 1 "$work/days.csv" | grep -q 'non destinées à l’évaluation individuelle' || fail "no word on what it is not for"
"$vigie" history "$work/board.yaml" --since 2026-11-20T15:00 --until 2026-11-20T15:01 --format jsonl 2>/dev/null |
    jq -es 'map(select(.kpi == "service_level")) | length == 2' >/dev/null || fail "no JSON lines"
"$vigie" history "$work/board.yaml" --mark "SVI changé" --at 2026-11-19T10:12 || fail "no mark"
"$vigie" history "$work/board.yaml" --alerts --since 2026-11-19 --until 2026-11-20 2>/dev/null | grep -q 'SVI changé' ||
    fail "the event is not exported"
"$vigie" history "$work/board.yaml" --alerts --since 2026-11-16 --until 2026-11-20T16:00 2>/dev/null >"$work/alerts.csv"
head -n 1 "$work/alerts.csv" | grep -q ',event,announced$' || fail "nobody knows which alerts were announced"
grep -q ',yes$' "$work/alerts.csv" || fail "no alert was announced in a week: $(cat "$work/alerts.csv")"
"$vigie" history "$work/board.yaml" --report week --since 2026-11-18 --out "$work/week.pdf" || fail "no report"
head -c 5 "$work/week.pdf" | grep -q '%PDF-' || fail "the report is no PDF"
"$vigie" history "$work/board.yaml" --report week --since 2026-11-18 --out /nowhere/week.pdf 2>"$work/error" &&
    fail "a report nowhere"
grep -q '/nowhere/week.pdf cannot be written' "$work/error" || fail "$(cat "$work/error")"

# ---- the picture of a moment recalls them, and leaves them as they are ----
"$vigie" history "$work/board.yaml" --mark "Panne du SVI" --at 2026-11-20T15:40 || fail "no mark"
before=$(sha256sum "$memory")
draw() { # name options...
    local name=$1
    shift
    "$vigie" render "$work/board.yaml" --at 2026-11-20T16:00 --out "$work/$name.png" "$@" 2>"$work/error" || fail "$name: $(cat "$work/error")"
}
draw bare
draw recalled --history "$memory"
draw detail --history "$memory" --screen detail:sl
draw bare_detail --screen detail:sl
cmp -s "$work/bare.png" "$work/recalled.png" && fail "the picture shows nothing of the past"
cmp -s "$work/bare_detail.png" "$work/detail.png" && fail "the detail shows nothing of the past"
[ "$before" = "$(sha256sum "$memory")" ] || fail "a picture wrote into the history"
"$vigie" history "$work/board.yaml" --mark "" --at 2026-11-20T15:40 || fail "the event stays"
"$vigie" history "$work/board.yaml" --mark "" --at 2026-11-20T15:40 2>"$work/error" && fail "there was none any more"
grep -q 'no event was noted at that minute' "$work/error" || fail "$(cat "$work/error")"
draw unmarked --history "$memory"
cmp -s "$work/unmarked.png" "$work/recalled.png" && fail "the flag stays in the curves"
"$vigie" history "$work/board.yaml" --mark "$(printf 'x%.0s' {1..61})" 2>"$work/error" && fail "a mark of any length"
grep -q -- '--mark wants a line of at most 60 characters' "$work/error" || fail "$(cat "$work/error")"
"$vigie" render "$work/board.yaml" --history /nowhere.db --out "$work/none.png" 2>"$work/error" && fail "a history that is not there"
grep -q '/nowhere.db' "$work/error" || fail "$(cat "$work/error")"

# ---- a wall that writes at its end, and one that is in the way ----
start_display 1280x720
rm -rf "$work/memory"
"$vigie" run "$work/board.yaml" --window 640x360 >"$work/first.log" 2>&1 &
first=$!
pids+=("$first")
wait_for 20 test -s "$memory" || fail "the wall keeps nothing: $(cat "$work/first.log")"
"$vigie" run "$work/board.yaml" --window 640x360 >"$work/second.log" 2>&1 &
second=$!
pids+=("$second")
wait_for 20 grep -q 'is being written by another vigie' "$work/second.log" || fail "two walls write: $(cat "$work/second.log")"
kill "$second" && wait "$second"
sleep 2
kill "$first" && wait "$first"
"$vigie" history "$work/board.yaml" 2>/dev/null | grep -q ',service_level,' || fail "nothing written at the end"
echo "history: a month, a report, pictures, two walls, and a minute written at the end"
