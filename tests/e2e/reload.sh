#!/bin/bash
# A board file that is wrong, mended, changed, broken and asked for by signal, under a running wall.
# VIGIE_SHOTS=FOLDER keeps a picture of every state, to be looked at.
. "$(dirname "$0")/lib.bash"
skip_without xwd x11-apps

shots=${VIGIE_SHOTS:-}
start_display 1280x720

shot() { # name
    [ -z "$shots" ] || xwd -silent -root -out "$shots/$1.xwd"
}

board() { # title, kpi of the second tile
    cat >"$work/new.yaml" <<YAML
vigie: 1
title: $1
sources:
  - {name: acd, adapter: generic/filter-canonical, url: simulator:/samples, every: 1s}
pages:
  - grid: 2x1
    tiles:
      - {id: sl, kpi: service_level, type: sparkline}
      - {id: second, kpi: $2}
YAML
    mv "$work/new.yaml" "$work/board.yaml" # another file of the same name, as careful editors save
}

says() { # words, in what the wall has told so far
    grep -q -- "$1" "$work/told"
}

alive() {
    kill -0 "$wall" 2>/dev/null
}

# at the start: the errors are on the screen, and it waits
board "Faux" no_such_kpi
"$vigie" run "$work/board.yaml" >"$work/told" 2>&1 &
wall=$!
pids+=($wall)
wait_for 10 says 'display: x11' || fail "no window: $(cat "$work/told")"
says 'board.yaml:9:27: error: pages\[0\].tiles\[1\].kpi' || fail "the fault is not printed: $(cat "$work/told")"
sleep 1
alive || fail "a wrong board ended the wall"
shot fault

# mended: it goes on by itself
board "Juste" calls_waiting
wait_for 10 says 'read again' || fail "the mended board is not read: $(cat "$work/told")"
sleep 2
shot mended

# changed while it runs
: >"$work/told"
board "Changé" longest_wait
wait_for 10 says 'read again' || fail "the changed board is not read: $(cat "$work/told")"

# broken while it runs: the old one goes on
: >"$work/told"
board "Cassé" no_such_kpi
wait_for 10 says 'the board before goes on' || fail "the broken board is not refused: $(cat "$work/told")"
alive || fail "a refused board ended the wall"
sleep 1
shot refused

# SIGHUP reads it again although nothing changed
board "Signal" calls_waiting
wait_for 10 says 'read again' || fail "the second mending is not read: $(cat "$work/told")"
: >"$work/told"
kill -HUP "$wall"
wait_for 10 says 'read again' || fail "SIGHUP is not heard: $(cat "$work/told")"

# gone, and back
: >"$work/told"
mv "$work/board.yaml" "$work/away.yaml"
wait_for 10 says 'cannot be read' || fail "a file that is gone is not told: $(cat "$work/told")"
: >"$work/told"
mv "$work/away.yaml" "$work/board.yaml"
wait_for 10 says 'read again' || fail "a file that is back is not read: $(cat "$work/told")"

# another time zone: the whole program's, so everything begins anew
: >"$work/told"
sed 's/^title:/time_zone: America\/Montreal\ntitle:/' "$work/board.yaml" >"$work/new.yaml"
mv "$work/new.yaml" "$work/board.yaml"
wait_for 10 says 'read again' || fail "another time zone is not taken: $(cat "$work/told")"

# twenty times in a row, each with its own mapper: none is left behind
for i in $(seq 20); do kill -HUP "$wall"; sleep 0.1; done
wait_for 10 test "$(pgrep -c -P "$wall")" = 1 || fail "$(pgrep -c -P "$wall") mappers are left of one wall"

kill "$wall"
wait "$wall" && echo "a board is mended, changed, refused, asked for, gone and back under a running wall"
