#!/bin/bash
# A real window on a bare X server (no window manager): it fills the screen, obeys keys, ends with Q.
# VIGIE_SHOTS=FOLDER keeps a picture of every screen, to be looked at.
. "$(dirname "$0")/lib.bash"
skip_without xdotool xdotool
skip_without xwd x11-apps

shots=${VIGIE_SHOTS:-$work/shots}
mkdir -p "$shots"

start_display 1366x768

# two pages, so that there is one to turn to
cat >"$work/board.yaml" <<'YAML'
vigie: 1
title: Centre de contact – Lyon
sources:
  - {name: acd, adapter: generic/filter-canonical, url: simulator:/samples, every: 60s} # figures that stand still: what changes is the key
pages:
  - id: promise
    title: Tenons-nous la promesse ?
    grid: 2x2
    tiles:
      - {id: sl, kpi: service_level, type: gauge}
      - {id: abandons, kpi: abandonment_rate, rule: {warn: 0, critical: 0.1}}
      - {id: waiting, kpi: calls_waiting, type: sparkline}
      - {id: load, kpi: load_index}
  - id: quality
    title: Nos clients sont-ils satisfaits ?
    grid: 2x1
    tiles:
      - {id: fcr, kpi: fcr}
      - {id: csat, kpi: csat_rate}
YAML

unset INVOCATION_ID # by hand, so that Q ends it
"$vigie" run "$work/board.yaml" >"$work/out" 2>"$work/err" &
demo=$!
pids+=($demo)
wait_for 10 xdotool search --onlyvisible --name 'Centre de contact' || fail "no window: $(cat "$work/err")"
window=$(xdotool search --onlyvisible --name 'Centre de contact' | head -n 1)
geometry=$(xdotool getwindowgeometry --shell "$window")
grep -q '^X=0$' <<<"$geometry" && grep -q '^Y=0$' <<<"$geometry" && grep -q '^WIDTH=1366$' <<<"$geometry" &&
    grep -q '^HEIGHT=768$' <<<"$geometry" || fail "the window does not fill the screen: $geometry"

picture() { # file: what is on the screen below the header's clock, whose minute would make it another one
    xwd -silent -root | tail -c +1 >"$1"
}

changed() { # file: the screen shows something else than that
    picture "$work/now.xwd"
    ! cmp -s "$work/now.xwd" "$1"
}

press() { # key name: presses it and waits until it is seen
    kill -0 $demo || fail "it ended before the key $1: $(cat "$work/err")"
    picture "$work/before.xwd"
    xdotool key --clearmodifiers "$1"
    wait_for 3 changed "$work/before.xwd" || fail "the key $1 ($2) is not seen on the screen"
    sleep 0.6 # the data thread's answer
    picture "$shots/$2.xwd"
}

sleep 3
picture "$shots/wall.xwd"
press Right page-2
press Left page-1
press Return choosing
press Right chosen-next
press Return detail
press w why
press Escape detail-again
press Escape wall-again
press a acknowledged
press h huddle-1
press Next huddle-2
press Next huddle-3
press Prior huddle-2-again
press Escape wall-after-huddle
press F5 huddle-by-clicker
press Escape wall-after-clicker
press b black
press Right wall-after-black
press p paused
press p resumed
press i info
press i wall-after-info
press question help
press Escape wall-after-help
press t theme
press l language
press x no-effect

xdotool key --clearmodifiers q
ends "$demo" 3 || fail "Q does not end it"
wait $demo || fail "it ended with an error: $(cat "$work/err")"
grep -q 'display: x11' "$work/err" || fail "not on x11: $(cat "$work/err")"
! grep -q -i 'error' "$work/err" || fail "$(cat "$work/err")"
echo "a window of 1366x768 filled the bare screen, answered 26 keys and ended"
