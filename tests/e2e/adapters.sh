#!/bin/bash
# Every vendor's case through the program as a person calls it, and a probe of a board against a server
# that repeats the secret it was sent.
. "$(dirname "$0")/lib.bash"

python3 tests/e2e/adapter_cases.py probe "$vigie" || fail "an adapter's case"

# ---- a saved answer that is none, and mistakes on the command line ----

expect() { # status words arguments...: the probe ends so and says so
    local status=$1 words=$2
    shift 2
    "$vigie" probe "$@" >"$work/out" 2>"$work/err"
    [ $? -eq "$status" ] || fail "probe $*: not status $status: $(cat "$work/err")"
    grep -q -- "$words" "$work/err" || fail "probe $*: no word of \"$words\": $(cat "$work/err")"
    [ ! -s "$work/out" ] || fail "probe $*: a failure wrote a result: $(cat "$work/out")"
}
echo '<html>login</html>' >"$work/login.json"
expect 1 'HTML instead of JSON' --adapter generic/filter-canonical --reply "$work/login.json"
expect 1 'did you mean "zendesk-talk/filter-team"' --adapter zendesk-talk/filter-tem --reply "$work/login.json"
expect 1 'cannot be read' --adapter zendesk-talk --reply "$work/not-there.json"
expect 2 'needs --reply' --adapter zendesk-talk
expect 2 'a BOARD, or --url URL'

# ---- a server that repeats its secret in every answer ----

port=$(free_port)
cat >"$work/echo.py" <<'PY'
import http.server, sys


class Echo(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("you sent %s %s" % (self.path, self.headers)).encode()
        self.send_response(500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
PY
start python3 "$work/echo.py" "$port"
wait_for 10 curl -s "http://127.0.0.1:$port/" || fail "the echo server does not answer"
canary=canary-$RANDOM$RANDOM$RANDOM
printf '%s\n' "$canary" >"$work/token"
chmod 600 "$work/token"
cat >"$work/board.yaml" <<EOF
vigie: 1
title: Echo
sources:
  - name: echo
    adapter: generic/filter-canonical
    url: http://127.0.0.1:$port/figures
    auth: {kind: bearer, secret: {file: $work/token}}
    every: 5s
pages:
  - {id: live, title: Echo, grid: 1x1, tiles: [{kpi: calls_waiting}]}
EOF
"$vigie" probe "$work/board.yaml" --source echo >"$work/out" 2>"$work/err" && fail "a 500 was taken for an answer"
grep -q 'HTTP 500' "$work/err" || fail "no word of the 500: $(cat "$work/err")"
grep -q 'Bearer \*\*\*' "$work/err" || fail "the excerpt does not mask the token: $(cat "$work/err")"
grep -q "$canary" "$work/out" "$work/err" && fail "the secret is in what the probe prints: $(cat "$work/err")"
expect 1 'has no source "eco"; it has echo' "$work/board.yaml" --source eco
echo "a saved answer, five mistakes and a server that repeats the secret: all as promised"
