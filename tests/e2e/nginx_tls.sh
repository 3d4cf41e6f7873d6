#!/bin/bash
# A real nginx with a certificate of a private CA and basic sign-in, serving the Zendesk Talk answer.
. "$(dirname "$0")/lib.bash"
skip_without nginx nginx-light
skip_without openssl openssl

port=$(free_port)
cd "$work" || exit 2
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj "/CN=Private CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj "/CN=localhost" 2>/dev/null
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' >server.ext
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.pem 2>/dev/null
canary=Zd-canary-$RANDOM$RANDOM
printf 'floor@example.org/token:%s\n' "$(openssl passwd -apr1 "$canary")" >users
printf '%s\n' "$canary" >token
chmod 600 token
mkdir -p www/api/v2/channels/voice/stats tmp
cp "$tree/tests/adapters/zendesk-talk/response.json" www/api/v2/channels/voice/stats/current_queue_activity.json
cp "$tree/tests/adapters/zendesk-talk/response-account.json" www/api/v2/channels/voice/stats/account_overview.json
cp "$tree/tests/adapters/zendesk-talk/response-agents.json" www/api/v2/channels/voice/stats/agents_activity.json
chmod -R a+rX "$work"
chmod 600 token
cat >nginx.conf <<EOF
daemon off; pid $work/nginx.pid; error_log stderr; worker_processes 1; user root;
events {}
http {
  access_log off;
  client_body_temp_path $work/tmp; proxy_temp_path $work/tmp; fastcgi_temp_path $work/tmp; uwsgi_temp_path $work/tmp; scgi_temp_path $work/tmp;
  server {
    listen 127.0.0.1:$port ssl; ssl_certificate $work/server.pem; ssl_certificate_key $work/server.key; ssl_protocols TLSv1.2 TLSv1.3;
    root $work/www; default_type application/json; auth_basic zendesk; auth_basic_user_file $work/users;
    location = /token { auth_basic off; limit_except POST { deny all; } return 200 '{"access_token": "$canary-token", "expires_in": 3600}'; }
    location = /figures { auth_basic off; if (\$http_authorization != "Bearer $canary-token") { return 401; } try_files /api/v2/channels/voice/stats/current_queue_activity.json =404; }
    location / { try_files \$uri \$uri.json =404; }
  }
}
EOF
[ "$(id -u)" -eq 0 ] || sed -i 's/ user root;//' nginx.conf
start nginx -p "$work" -c "$work/nginx.conf"
wait_for 10 curl -fsS --cacert ca.pem -u "floor@example.org/token:$canary" "https://localhost:$port/api/v2/channels/voice/stats/current_queue_activity" || fail "nginx does not serve: $(cat "$work/nginx.log")"

board() { # token-file ca-file
    cat <<EOF
vigie: 1
title: Zendesk derrière nginx
sources:
  - name: zendesk
    adapter: zendesk-talk/filter
    url: https://localhost:$port/api/v2/channels/voice/stats/current_queue_activity
    auth: {kind: basic, id: floor@example.org/token, secret: {file: $1}}
    ca_file: $2
    every: 5s
pages:
  - id: live
    title: Qui attend ?
    grid: 2x1
    tiles:
      - {kpi: calls_waiting}
      - {kpi: longest_wait}
EOF
}
board "$work/token" "$work/ca.pem" >board.yaml
"$vigie" check board.yaml || fail "the board has problems"
"$vigie" probe board.yaml --source zendesk --json >probe.json 2>probe.err || fail "the probe fails: $(cat probe.err)"
jq -e '.samples == [{"id":"waiting_now","value":5,"window":"now","dims":{"channel":"voice"}},
                    {"id":"longest_wait_s","value":131,"window":"now","dims":{"channel":"voice"}},
                    {"id":"callbacks_pending_now","value":3,"window":"now","dims":{"channel":"voice"}},
                    {"id":"agents_logged_in","value":12,"window":"now","dims":{"channel":"voice"}}]' probe.json >/dev/null \
    || fail "not the figures that nginx serves: $(cat probe.json)"
"$vigie" render board.yaml --out wall.png --size 1280x720 || fail "no picture"
[ -z "${KEEP_PICTURES:-}" ] || cp wall.png "$KEEP_PICTURES/nginx.png"

# What must fail, and say why.
board "$work/token" /etc/ssl/certs/ca-certificates.crt >untrusted.yaml
"$vigie" probe untrusted.yaml --source zendesk >out 2>&1 && fail "a certificate of an unknown CA was believed"
grep -qi certificate out || fail "no word of the certificate: $(cat out)"
printf 'wrong\n' >wrong && chmod 600 wrong
board "$work/wrong" "$work/ca.pem" >wrong.yaml
"$vigie" probe wrong.yaml --source zendesk >out 2>&1 && fail "a wrong password was not noticed"
grep -q 401 out || fail "no word of the 401: $(cat out)"
chmod 644 token
"$vigie" probe board.yaml --source zendesk >out 2>&1 && fail "a secret that others can read was used"
grep -qi 'chmod' out || fail "does not say what to do about the secret's mode: $(cat out)"
chmod 600 token
"$vigie" probe board.yaml --source zendesk >out 2>&1 || fail "the probe for people fails: $(cat out)"

# A token from the same server: asked for and used under the same rules of TLS.
token_board() { # ca-file
    board "$work/token" "$1" | sed "s|url: https.*|url: https://localhost:$port/figures|
        s|auth: .*|auth: {kind: oauth2_client_credentials, id: wall, token_url: 'https://localhost:$port/token', secret: {file: $work/token}}|"
}
token_board "$work/ca.pem" >tokens.yaml
"$vigie" probe tokens.yaml --source zendesk --json >tokens.json 2>tokens.err || fail "no figures with a token: $(cat tokens.err)"
cmp -s <(jq .samples tokens.json) <(jq .samples probe.json) || fail "other figures with a token: $(cat tokens.json)"
token_board /etc/ssl/certs/ca-certificates.crt >untrusted.yaml
"$vigie" probe untrusted.yaml --source zendesk >untrusted 2>&1 && fail "a login with a certificate of an unknown CA was believed"
grep -q 'token_url.*certificate' untrusted || fail "no word of the login's certificate: $(cat untrusted)"
cat probe.json probe.err out tokens.json tokens.err untrusted >everything
if grep -q "$canary" everything || grep -q "$(printf 'floor@example.org/token:%s' "$canary" | base64 | cut -c1-24)" everything; then
    fail "the secret is in what the probe prints"
fi
echo "TLS of a private CA, basic sign-in and a token: figures right, four mistakes named, no secret printed"
