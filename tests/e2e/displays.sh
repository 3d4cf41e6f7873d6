#!/bin/bash
# Displays that are not there, come in odd sizes, or are two. What a bare console does when a TV is unplugged is tried
# in a virtual machine (deploy/rpi/vm).
. "$(dirname "$0")/lib.bash"

cat >"$work/board.yaml" <<'YAML'
vigie: 1
title: Mur de Lyon
sources:
  - {name: acd, adapter: generic/filter-canonical, url: simulator:/samples, every: 60s}
pages:
  - id: promise
    title: Tenons-nous la promesse ?
    grid: 2x1
    tiles:
      - {id: sl, kpi: service_level, type: gauge}
      - {id: waiting, kpi: calls_waiting, type: sparkline}
  - id: quality
    title: Nos clients sont-ils satisfaits ?
    grid: 2x1
    tiles:
      - {id: fcr, kpi: fcr}
      - {id: csat, kpi: csat_rate}
YAML
sed 's/^pages:/screens:\n  - {pages: [promise]}\n  - {pages: [quality]}\n&/' "$work/board.yaml" >"$work/two.yaml"
unset WAYLAND_DISPLAY DISPLAY SDL_VIDEODRIVER INVOCATION_ID XDG_RUNTIME_DIR

# ---- none ----

if compgen -G '/dev/dri/card*' >/dev/null; then
    echo "left out: this machine has a graphics card, so there may be a display"
else
    "$vigie" run "$work/board.yaml" >"$work/out" 2>"$work/err" && fail "without a display it ended well"
    grep -q '^vigie run: there is no display to draw on' "$work/err" || fail "not said what is missing: $(cat "$work/err")"

    # what a service manager hears, one message a line
    start python3 -c '
import os, socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print("listening", flush=True)
while True:
    print(receiver.recv(4096).decode(), flush=True)' "$work/notify"
    heard=$work/python3.log
    wait_for 30 grep -q listening "$heard" || fail "nobody listens"
    NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=1000000 SDL_VIDEODRIVER=kmsdrm "$vigie" run "$work/board.yaml" >"$work/out" 2>"$work/err" &
    service=$!
    pids+=($service)
    wait_for 20 grep -q '^READY=1' "$heard" || fail "a service without a display is not ready: $(cat "$work/err")"
    grep -q '^STATUS=no display: ' "$heard" || fail "the status does not say what is missing: $(cat "$heard")"
    alive=$(grep -c '^WATCHDOG=1' "$heard")
    # shellcheck disable=SC2016
    wait_for 30 bash -c '[ "$(grep -c ^WATCHDOG=1 '"$heard"')" -gt '$((alive + 3))' ]' || fail "the watchdog is not fed without a display"
    [ "$(grep -c 'no display' "$work/err")" = 1 ] || fail "it is not said once, but so often: $(cat "$work/err")"
    kill $service
    ends $service 10 || fail "SIGTERM does not end it"
    wait $service || fail "it ended with an error: $(cat "$work/err")"
    echo "without a display a person is told, and a service is up, says so and waits"
fi

# ---- odd sizes, and two ----

skip_without xdotool xdotool
skip_without xwd x11-apps
start_display 7680x4320

colours() { # window: how many different ones are on it
    xwd -silent -id "$1" | python3 -c '
import struct, sys
data = sys.stdin.buffer.read()
header = struct.unpack(">25I", data[:100])
pixels = data[header[0] + header[19] * 12:]
print(len(set(pixels[i:i + 4] for i in range(0, len(pixels) - 3, 4 * 7))))'
}

drawn() { # window: more than a background
    [ "$(colours "$1")" -gt 20 ]
}

for size in 0x0 0x720 -1x5 20000x100 1280; do
    "$vigie" run "$work/board.yaml" --window "$size" 2>"$work/err"
    [ $? = 2 ] && grep -q 'wants a size such as 1280x720' "$work/err" || fail "--window $size: $(cat "$work/err")"
done

run_wall() { # argument...: sets $wall and, once it is there, $window
    "$vigie" run "$@" >"$work/out" 2>"$work/err" &
    wall=$!
    pids+=($wall)
    wait_for 20 xdotool search --onlyvisible --name 'Mur de Lyon' || fail "no window: $(cat "$work/err")"
    window=$(xdotool search --onlyvisible --name 'Mur de Lyon' | head -n 1)
}

end_wall() {
    kill $wall
    ends $wall 20 || fail "SIGTERM does not end it"
    wait $wall || fail "it ended with an error: $(cat "$work/err")"
}

run_wall "$work/board.yaml"
wait_for 60 drawn "$window" || fail "nothing is drawn on 7680 x 4320: $(cat "$work/err")"
grep -q 'display: x11/surface, 7680 x 4320' "$work/err" || fail "it does not fill 8K: $(cat "$work/err")"
end_wall
echo "8K is filled and drawn"

run_wall "$work/board.yaml" --window 1280x720
for size in "1 1" "1 4000" "4000 1" "7 5" "65 40" "200 1500"; do
    xdotool windowsize --sync "$window" $size
done
for ((i = 0; i < 200; i++)); do
    xdotool windowsize "$window" $((100 + i * 37 % 1500)) $((60 + i * 53 % 900))
done
xdotool windowsize --sync "$window" 800 450
kill -0 $wall || fail "a storm of sizes ended it: $(cat "$work/err")"
wait_for 20 drawn "$window" || fail "after a storm of sizes nothing is drawn: $(cat "$work/err")"
end_wall
echo "a storm of sizes, one pixel among them, was survived"

run_wall "$work/two.yaml"
wait_for 30 grep -q 'display: not shown: screens\[1\]: x11: there is no display 2, only 1' "$work/err" || fail "a second screen without a display is not said: $(cat "$work/err")"
end_wall

run_wall "$work/two.yaml" --window 640x360
wait_for 30 bash -c "[ \"\$(xdotool search --onlyvisible --name 'Mur de Lyon' | wc -l)\" = 2 ]" || fail "not two windows: $(cat "$work/err")"
second=$(xdotool search --onlyvisible --name 'Mur de Lyon' | tail -n 1)
xdotool windowmove --sync "$window" 0 0 windowmove --sync "$second" 0 400
wait_for 20 drawn "$window" && wait_for 20 drawn "$second" || fail "two screens are not drawn: $(cat "$work/err")"
sleep 2 # both have their figures
xwd -silent -id "$window" >"$work/first.xwd"
xwd -silent -id "$second" >"$work/second.xwd"
cmp -s "$work/first.xwd" "$work/second.xwd" && fail "both screens show the same page"
if [ -n "${VIGIE_SHOTS:-}" ]; then cp "$work"/*.xwd "$VIGIE_SHOTS/"; fi

black() { # window
    [ "$(colours "$1")" -lt 3 ]
}
xdotool windowfocus "$window"
sleep 0.5
xdotool key b
wait_for 20 black "$window" || fail "B does not make the first screen black"
black "$second" && fail "B made both screens black"
xdotool key Tab
sleep 0.5
xdotool key b
wait_for 20 black "$second" || fail "Tab did not give the keys to the second screen"
xdotool key b
wait_for 20 drawn "$second" || fail "B does not bring the second screen back"
black "$window" || fail "a key for the second screen reached the first"
xdotool key q
ends $wall 20 || fail "Q on the second screen does not end the program"
wait $wall || fail "it ended with an error: $(cat "$work/err")"
echo "two screens, each with its own page; Tab gives the keys to the next"
