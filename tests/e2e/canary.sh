#!/bin/bash
# One canary in every kind of secret setting, with sources that succeed, refuse, repeat what they were told and are not
# there. It must be found in nothing that the program prints, draws, writes or shows to other processes.
. "$(dirname "$0")/lib.bash"
skip_without python3 python3
export VIGIE_ASSETS=$(pwd)/assets

canary='Zq7canaryX9/+=tail'
port=$(free_port)
server=http://127.0.0.1:$port
secrets=$work/secrets
mkdir "$secrets" "$work/run"
start python3 tests/e2e/probe_server.py "$port" "$canary"
wait_for 10 curl -fsS "$server/flat" || fail "the test's own server does not start"
for name in secret id session refresh; do
    printf '%s' "$canary-$name" >"$secrets/$name"
done
chmod 600 "$secrets"/*
export VIGIE_CANARY=unused

# Patterns that betray it: as it is, percent-encoded, and in base64 at each of the three alignments.
python3 - "$canary" >"$work/patterns" <<'EOF'
import base64
import sys
canary = sys.argv[1]
print(canary.split("/")[0])
for shift in range(3):
    print(base64.b64encode(b"x" * shift + canary.encode())[4:-8].decode())
EOF
canary_free() { # what files...
    local what=$1
    shift
    ! grep -aFf "$work/patterns" "$@" >"$work/found" || fail "$what: the canary is in it: $(head -c 600 "$work/found")"
}
printf 'Authorization: Basic %s' "$(printf 'ab:%s' "$canary" | base64 -w0)" >"$work/sample"
(canary_free sample "$work/sample") >/dev/null && fail "the patterns do not find the canary in base64"

file() { printf '{file: %s/%s}' "$secrets" "$1"; }
oauth="id: $(file id), secret: $(file secret)"
kinds=(
    "basic      {kind: basic, id: $(file id), secret: $(file secret)}"
    "bearer     {kind: bearer, secret: $(file secret)}"
    "header     {kind: header, header: X-Api-Key, secret: $(file secret)}"
    "query      {kind: query, parameter: who, secret: $(file secret)}"
    "client     {kind: oauth2_client_credentials, token_url: '$server/token', $oauth}"
    "form       {kind: oauth2_client_credentials, token_url: '$server/token', client_auth: form, $oauth}"
    "password   {kind: oauth2_password, token_url: '$server/token', user: $(file id), password: $(file secret), id: $(file id)}"
    "refresh    {kind: oauth2_refresh_token, token_url: '$server/token', refresh_token: $(file refresh), id: wall}"
    "exchange   {kind: exchange, exchange_url: '$server/token', token_url: '$server/token', $oauth}"
    "carried    {kind: exchange, exchange_url: '$server/token', exchange_by: bearer, token_url: '$server/token', $oauth}"
    "refused    {kind: oauth2_client_credentials, token_url: '$server/token/refused', client_auth: form, $oauth}"
    "refused2   {kind: oauth2_password, token_url: '$server/token/refused', user: $(file id), password: $(file secret), id: $(file id)}"
    "sigv4      {kind: sigv4, region: eu-west-3, service: connect, session_token: $(file session), $oauth}"
)
outcomes=(canonical echo/500 echo/401 echo/403 echo/429 away gone nowhere)

address() { [ "$1" = nowhere ] && echo http://127.0.0.1:1/ || echo "$server/$1"; }
board() { # KIND-LINE: a source for each outcome
    local name=${1%% *} auth outcome
    auth=${1#* }
    printf 'vigie: 1\ntitle: %s\nsources:\n' "$name"
    for outcome in "${outcomes[@]}"; do
        printf '  - {name: %s, adapter: generic/filter-canonical, url: "%s", every: 1s, auth: %s}\n' \
            "${outcome/\//-}" "$(address "$outcome")" "$auth"
    done
    printf 'pages:\n  - {id: p, title: P, grid: 1x1, tiles: [{id: t, kpi: calls_waiting}]}\n'
}

cd "$work/run" || exit 2
asked=0
for line in "${kinds[@]}"; do
    name=${line%% *}
    board "$line" >board.yaml
    for command in "check board.yaml" "check board.yaml --json" "probe board.yaml" "probe board.yaml --json" "probe board.yaml --tile t" \
        "probe board.yaml --tile t --json" "render board.yaml --out wall.png --size 640x360"; do
        "$vigie" $command >out 2>&1
        canary_free "$name: vigie $command" out
        asked=$((asked + 1))
    done
    "$vigie" probe board.yaml --source echo-500 >out 2>&1 && fail "$name: a 500 was taken for an answer"
    "$vigie" check board.yaml >out 2>&1 || fail "$name: the board is not sound: $(cat out)"
    case $name in refused*) continue ;; esac
    "$vigie" probe board.yaml --source canonical >out 2>&1 || fail "$name: never signed in: $(cat out)"
done

# A proxy's password, of the environment as people set it, behind a proxy that repeats the request.
board "bearer {kind: bearer, secret: $(file secret)}" | sed 's|url: "[^"]*|url: "http://acd.example/echo/500|' >board.yaml
env "http_proxy=http://wall:$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe=""))' "$canary")@127.0.0.1:$port" "$vigie" probe board.yaml --source echo-500 >out 2>&1
grep -q 'you said' out || grep -q 404 out || fail "the proxy was not asked: $(cat out)"
canary_free "a proxy's password" out

# The wall itself, as talkative as it can be: its output, what it draws and measures on its pages and sheets, what it
# tells systemd, and what other processes can see of both of its own. One secret comes from the environment.
board "${kinds[4]}" >board.yaml
sed -i "s|^pages:|  - {name: env-500, adapter: generic/filter-canonical, url: '$server/echo/500', every: 1s, auth: {kind: bearer, secret: {env: VIGIE_CANARY}}}\n&|" board.yaml
echo "history: {path: $work/wall.db}" >>board.yaml # searched at the end, with all other files
python3 - "$work/notified" <<'EOF' &
import socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1] + ".socket")
listener.settimeout(300)
with open(sys.argv[1], "ab", 0) as file:
    while True:
        file.write(listener.recv(65536) + b"\n")
EOF
pids+=($!)
wait_for 10 test -S "$work/notified.socket" || fail "nobody listens for what systemd is told"
keys='>!w<<ih<h>>>><?<lt'
recorder=
cc -shared -fPIC -o "$work/recorder.so" "$tree/tests/e2e/recorder.c" $(pkg-config --cflags --libs sdl2 SDL2_ttf) 2>"$work/cc.log" &&
    recorder=$work/recorder.so
env LD_PRELOAD="$recorder" RECORDER_TEXTS="$work/texts" RECORDER_KEYS="$keys" NOTIFY_SOCKET="$work/notified.socket" \
    VIGIE_CANARY="$canary-env" SDL_VIDEODRIVER=dummy "$vigie" run board.yaml --window 1280x720 >out 2>&1 &
pid=$!
pids+=("$pid")
wait_for 30 grep -q 'echo-500' out || fail "the wall says nothing of its sources: $(cat out)"
wait_for 30 grep -q 'env-500' out || fail "the wall says nothing of the source with a secret in the environment: $(cat out)"
wait_for 10 pgrep -P "$pid" || fail "no mapper process"
mapper=$(pgrep -P "$pid" | head -n 1)
for process in "$pid" "$mapper"; do
    cat "/proc/$process/cmdline" "/proc/$process/environ" >shown 2>/dev/null
    canary_free "what /proc shows of the process $process" shown
done
tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -q '^VIGIE_CANARY=' || [ ! -r "/proc/$pid/environ" ] || fail "the environment of the wall is not its own"
[ "$(tr -d '\0' <"/proc/$mapper/environ" 2>/dev/null | wc -c)" -eq 0 ] || fail "the mapper process has an environment"
all_pressed() { [ "$(grep -c '^---- key' "$work/texts")" -eq ${#keys} ]; }
if [ -n "$recorder" ]; then
    wait_for 60 all_pressed || fail "the keys were not pressed: $(cat "$work/texts" | tail -n 3)"
    for words in 'sum(waiting_now)' 'dummy/surface' 'Point d’équipe' 'echo-500: HTTP error 500'; do # why, info, huddle, L
        grep -qF "$words" "$work/texts" || fail "not all pages and sheets were drawn: no \"$words\""
    done
    canary_free "what the wall draws" "$work/texts"
fi
kill "$pid"
wait "$pid" 2>/dev/null
canary_free "the wall's output" out
grep -q READY "$work/notified" || fail "systemd was told nothing"
canary_free "what systemd is told" "$work/notified"
[ -s "$work/wall.db" ] || fail "the wall kept no history: $(cat out)"

# Nobody's debugger and no core dump: the kernel gives the files of such a process to root.
undumpable() { # pid
    [ "$(stat -c %u "/proc/$1/mem")" -eq 0 ]
}
as_nobody=()
[ "$(id -u)" -ne 0 ] || as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
cp "$vigie" "$work/vigie-copy"
cp "$(dirname "$vigie")/vigie-mapper" "$work/mapper-copy"
chmod 755 "$work" "$work/vigie-copy" "$work/mapper-copy"
mkfifo "$work/silence"
exec 7<>"$work/silence"
"${as_nobody[@]}" "$work/mapper-copy" <&7 >"$work/mapper.log" 2>&1 &
pids+=($!)
mapper=$!
wait_for 5 undumpable "$mapper" || fail "the memory of the mapper process can be read by its user"
"${as_nobody[@]}" "$work/vigie-copy" simulate --port "$(free_port)" >"$work/simulate.log" 2>&1 &
pids+=($!)
wait_for 5 undumpable $! || fail "the memory of the program can be read by its user"
wait_for 5 grep -q 'Max core file size *0 *0' "/proc/$mapper/limits" || fail "the mapper process may leave a core"

find "$work" -type f ! -path "$secrets/*" ! -name sample ! -name found ! -name '*.log' ! -name patterns -print0 | xargs -0 grep -laFf "$work/patterns" >"$work/found.files"
[ ! -s "$work/found.files" ] || fail "the canary was written into $(cat "$work/found.files")"
echo "${#kinds[@]} ways to sign in, ${#outcomes[@]} outcomes each, $asked commands, a wall and a proxy: no canary anywhere"
