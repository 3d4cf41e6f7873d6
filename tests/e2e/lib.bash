# Helpers for the end-to-end tests; sourced. Gives $vigie, $work (a scratch folder that goes away), and
# ends by their own pid all servers started through `start`.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
vigie=$(pwd)/vigie
tree=$(pwd)
work=$(mktemp -d)
export XDG_STATE_HOME=$work/state # what a wall remembers goes away with it
pids=()

clean_up() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    rm -rf "$work"
}
trap clean_up EXIT

start() { # command...: in the background, output to $work/NAME.log
    "$@" >"$work/$(basename "$1").log" 2>&1 &
    pids+=($!)
}

fail() {
    echo "FAILED: $*"
    exit 1
}

# Sets DISPLAY to an X server of its own, on a number that is free; Xvfb tells which, maybe after other words.
start_display() { # WIDTHxHEIGHT
    skip_without Xvfb xvfb
    start Xvfb -displayfd 1 -screen 0 "$1x24" -nolisten tcp
    wait_for 20 grep -qx '[0-9][0-9]*' "$work/Xvfb.log" || fail "Xvfb does not start: $(cat "$work/Xvfb.log")"
    DISPLAY=:$(grep -x '[0-9][0-9]*' "$work/Xvfb.log")
    export DISPLAY
    unset WAYLAND_DISPLAY SDL_VIDEODRIVER NOTIFY_SOCKET
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

wait_for() { # seconds command...: until it succeeds
    local left=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || return 1
        sleep 0.1
    done
}

ends() { # pid seconds: it ended by then
    wait_for "$2" sh -c "! kill -0 $1"
}

skip_without() { # program package
    command -v "$1" >/dev/null || {
        echo "skipped: $1 is not here (apt-get install $2)"
        exit 0
    }
}

# Writes a PNG's width and height.
png_size() {
    python3 -c 'import struct, sys; print("%dx%d" % struct.unpack(">II", open(sys.argv[1], "rb").read(24)[16:24]))' "$1"
}
