#!/bin/bash
# What `vigie probe` says when a server misbehaves, with a board and without: what happened, where, and what to do, in
# words for somebody who has not read our documents. PROBE_OUTPUTS=FILE keeps all that was said.
. "$(dirname "$0")/lib.bash"
skip_without python3 python3
skip_without openssl openssl

port=$(free_port)
server=http://127.0.0.1:$port
start python3 tests/e2e/bad_server.py "$port"
wait_for 10 curl -fsS "$server/right" || fail "the test's own server does not start"
cd "$work" || exit 2
printf 'k3y-of-the-wall' >token
chmod 600 token
kept=${PROBE_OUTPUTS:-/dev/null}

board() { # url further-keys
    cat >board.yaml <<EOF
vigie: 1
title: Faults
sources:
  - {name: acd, adapter: generic/filter-canonical, url: '$1', every: 30s, timeout: 1s${2:+, $2}}
pages:
  - {id: live, title: Faults, grid: 1x1, tiles: [{kpi: calls_waiting}]}
EOF
}
check_words() { # what status words...: what was said is all of them, once, without a secret
    local what=$1 status=$2
    shift 2
    { echo "\$ $what" && grep -v '^ *$' said && echo; } >>"$kept"
    [ "$status" -eq 1 ] || fail "$what: status $status"
    for words in "$@"; do
        grep -qF -- "$words" said || fail "$what: no word of \"$words\": $(cat said)"
    done
    ! grep -q 'k3y-of' said || fail "$what: the secret is shown: $(cat said)"
}
in_board() { # url keys words...
    local url=$1 keys=$2
    shift 2
    board "$url" "$keys"
    "$vigie" probe board.yaml --source acd >said 2>&1
    check_words "vigie probe board.yaml ($url${keys:+, $keys})" $? "$@"
}
at_url() { # url arguments words...: the arguments are split at blanks
    local url=$1 arguments=$2
    shift 2
    # shellcheck disable=SC2086
    "$vigie" probe --url "$url" $arguments >said 2>&1
    check_words "vigie probe --url $url $arguments" $? "$@"
}
bearer="auth: {kind: bearer, secret: {file: token}}"
as_bearer="--auth bearer --auth secret=file:token"

# ---- signing in and asking ----

in_board "$server/401" "" "the server wants a sign-in" "auth: {kind: bearer"
at_url "$server/401" "" "the server wants a sign-in" "--auth bearer"
in_board "$server/401-silent" "$bearer" "sign-in refused" "is it whole, still valid, of the right account"
at_url "$server/401-silent" "" "does not say how one signs in"
in_board "$server/403" "$bearer" "insufficient scope" "lacks a right"
at_url "$server/403" "$as_bearer" "insufficient scope" "lacks a right"
in_board "$server/404" "" "HTTP 404" "the path is not"
at_url "$server/404" "" "HTTP 404" "the path is not"
in_board "$server/405" "" "method: POST"
at_url "$server/405" "" "--method POST"
in_board "$server/422" "" "interval: must be ISO-8601" "url, headers and body"
at_url "$server/422" "" "interval: must be ISO-8601" "--header and --body"

# ---- limits and trouble ----

in_board "$server/429" "" "per minute exceeded" "asks to wait 42 s" "would come 42 s later" "budgets:"
at_url "$server/429" "" "asks to wait 42 s" "wait as long"
in_board "$server/429-silent" "" "HTTP 429" "asks too often"
in_board "$server/500" "" "HTTP 500: Internal Server Error" "at the vendor's"
in_board "$server/503" "" "asks to wait 7200 s, asked again after an hour"
in_board "$server/slow" "" "no whole answer within 1 s: the answer began and did not end"
in_board "$server/silent" "" "no whole answer within 1 s: the server was asked and said nothing"
in_board "$server/hangs-up" "" "hung up without an answer" "https://"

# ---- answers that are none ----

in_board "$server/login" "" "HTML instead of JSON" "a page for people"
at_url "$server/login" "" "HTML instead of JSON" "sign in with --auth"
in_board "$server/latin1" "" "not UTF-8 (byte 17)" "latin1_ok: true"
in_board "$server/csv" "" "a JSON value cannot begin so" "file:export.json"
at_url "$server/csv" "" "a JSON value cannot begin so" "file:export.json"
in_board "$server/half" "" "stops in the middle" "half of an answer"
in_board "$server/cut" "" "the answer was cut off" "did not come whole"
in_board "$server/trailing" "" "text after the JSON value"
in_board "$server/deep" "" "nested deeper than 64 levels"
in_board "$server/large" "" "more than 8 MiB"
in_board "$server/bomb" "" "more than 8 MiB"
in_board "$server/other" "" "rows: unknown key" "vigie probe --url"
in_board "$server/typing" "" "samples[0].value: a number or null is due here"
at_url "$server/empty" "" "with nothing in it" "ask again while people are at work"

# ---- elsewhere ----

in_board "$server/away" "$bearer" "redirected to login.elsewhere.example" "not followed"
in_board "$server/circle" "" "too many in a row" "as url"
in_board http://127.0.0.1:1/x "" "is the address right, is the server running?"
in_board http://no-such-host.invalid/x "" "is the name right, does DNS work?"
in_board http://acd.example/x "proxy: 'http://127.0.0.1:1'" "that is the proxy"
https_proxy=http://127.0.0.1:1 at_url https://acd.example/x "" "that is the proxy"
in_board https://acd.example/x "proxy: 'http://127.0.0.1:$port'" "the proxy does not let this through"
in_board "$server/skewed" "auth: {kind: sigv4, id: {file: token}, secret: {file: token}, region: eu, service: connect}" \
    "this machine's clock is" "behind the server's"

# ---- TLS ----

openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj "/CN=Private CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
mkdir certificates
touch certificates/index
cat >ca.cnf <<'EOF'
[ca]
default_ca = private
[private]
database = certificates/index
new_certs_dir = certificates
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
EOF
tls_server() { # name alternative-name from until: sets $tls to its address
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
    printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\n' "$2" >"$1.ext"
    openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in "$1.csr" -out "$1.pem" -notext \
        -startdate "$3" -enddate "$4" -extfile "$1.ext" >ca.log 2>&1 || fail "no certificate: $(cat ca.log)"
    local tls_port
    tls_port=$(free_port)
    start python3 "$tree/tests/e2e/bad_server.py" "$tls_port" "$1.pem" "$1.key"
    wait_for 10 curl -kfsS "https://127.0.0.1:$tls_port/right" || fail "the TLS server does not start"
    tls=https://127.0.0.1:$tls_port
}
tls_server right IP:127.0.0.1 20200101000000Z 20491231000000Z
board "$tls/right" "ca_file: ca.pem"
"$vigie" probe board.yaml >said 2>&1 || fail "a private CA is not believed: $(cat said)"
in_board "$tls/right" "" "the certificate is not believed" "ca_file: PATH" "no switch"
at_url "$tls/right" "" "the certificate is not believed" "--ca-file PATH"
in_board "${tls/https/http}/right" "" "https://"
tls_server over IP:127.0.0.1 20200101000000Z 20210101000000Z
in_board "$tls/right" "ca_file: ca.pem" "has expired" "those who run it must mend"
if grep -q "private authority" said; then fail "an expired certificate is taken for a private one"; fi
tls_server later IP:127.0.0.1 20480101000000Z 20491231000000Z
in_board "$tls/right" "ca_file: ca.pem" "not yet valid" "is this machine's clock right?"
tls_server named DNS:acd.example 20200101000000Z 20491231000000Z
in_board "$tls/right" "ca_file: ca.pem" "the certificate is for another name"
in_board "https://127.0.0.1:$port/right" "ca_file: ca.pem" "http:// and not https://"

# ---- a name server that never answers, where the kernel lets us have one of our own ----

cat >deaf.sh <<EOF
ip link set lo up 2>/dev/null || ifconfig lo up
echo 'nameserver 127.0.0.1' >resolv.conf
mount --bind resolv.conf /etc/resolv.conf || exit 77
python3 -c 'import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 53)); open("deaf", "w"); time.sleep(60)' &
deaf=\$!
for _ in \$(seq 300); do [ -e deaf ] && break; sleep 0.1; done
"$vigie" probe board.yaml --source acd >said 2>&1
status=\$?
kill \$deaf
exit \$status
EOF
board https://acd.example/x ""
unshare -mn true 2>/dev/null && {
    unshare -mn bash deaf.sh
    status=$?
    [ $status -eq 77 ] || check_words "vigie probe board.yaml (a name server that never answers)" $status "the name was not found in that time; does DNS answer?"
}
echo "$(grep -cE '^(in_board|at_url|[a-z_]+=\S+ at_url) ' "$tree/tests/e2e/probe_faults.sh") faults are said in words that help, and no secret"
