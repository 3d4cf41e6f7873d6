#!/bin/bash
# A real window on a bare X server (no window manager): it fills the screen, obeys keys, ends with Q.
. "$(dirname "$0")/lib.bash"
skip_without Xvfb xvfb
skip_without xdotool xdotool

# Xvfb chooses a free display and tells which
start Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp
wait_for 10 test -s "$work/Xvfb.log" || fail "Xvfb does not start"
DISPLAY=:$(head -n 1 "$work/Xvfb.log")
export DISPLAY
unset WAYLAND_DISPLAY SDL_VIDEODRIVER

"$vigie" demo >"$work/out" 2>"$work/err" &
demo=$!
pids+=($demo)
wait_for 10 xdotool search --onlyvisible --name 'Centre de contact' || fail "no window: $(cat "$work/err")"
window=$(xdotool search --onlyvisible --name 'Centre de contact' | head -n 1)
geometry=$(xdotool getwindowgeometry --shell "$window")
grep -q '^X=0$' <<<"$geometry" && grep -q '^Y=0$' <<<"$geometry" && grep -q '^WIDTH=1366$' <<<"$geometry" &&
    grep -q '^HEIGHT=768$' <<<"$geometry" || fail "the window does not fill the screen: $geometry"
sleep 2
for key in t l Right q; do
    kill -0 $demo || fail "it ended before the key $key: $(cat "$work/err")"
    xdotool key --clearmodifiers "$key"
    sleep 0.4
done
wait_for 3 sh -c "! kill -0 $demo" || fail "Q does not end it"
wait $demo || fail "it ended with an error: $(cat "$work/err")"
grep -q 'display: x11' "$work/err" || fail "not on x11: $(cat "$work/err")"
echo "a window of 1366x768 filled the bare screen, took four keys and ended"
