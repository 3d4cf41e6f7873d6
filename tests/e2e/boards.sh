#!/bin/bash
# Every board to start from, with its addresses turned to a server here that answers with the vendor's saved
# answers: the request is one that the server knows, and each tile gets a figure. A tile that this vendor's
# figures cannot fill would stay a dash on every wall that begins with the board.
. "$(dirname "$0")/lib.bash"

port=$(free_port)
cat >"$work/vendors.py" <<'PY'
"""Answers as the vendors do, with their saved answers moved to the present: those moments are part of them."""
import datetime, http.server, json, re, sys, time, urllib.parse

CASES = "tests/adapters/"
SAVED_AT = 1795256100
# What is in the address or the body (decoded), and which saved answer it gets; the first that fits.
ANSWERS = [
    ("/queues/observations/", "genesys-cloud/response.json"),
    ("/conversations/aggregates/", "genesys-cloud/response-aggregates.json"),
    ("/TaskQueues/Statistics?StartDate=2", "twilio-taskrouter/response.json"),
    ("/RealTimeStatistics?", "twilio-taskrouter/response-workspace.json"),
    ("/stats/current_queue_activity", "zendesk-talk/response.json"),
    ("/stats/account_overview", "zendesk-talk/response-account.json"),
    ("/stats/agents_activity", "zendesk-talk/response-agents.json"),
    ("/search/count.json?query=type:ticket ", "zendesk-tickets/response-count.json"),
    ("/ticket_metrics.json", "zendesk-tickets/response-metrics.json"),
    ("/satisfaction_ratings.json?", "zendesk-tickets/response-satisfaction.json"),
    ('/search/tickets?query="status:2', "freshdesk/response-count.json"),
    ("/search/tickets?query=\"created_at:>'2", "freshdesk/response-count.json"),
    ("/v2/tickets?updated_since=2", "freshdesk/response.json"),
    ("/surveys/satisfaction_ratings?created_since=2", "freshdesk/response-satisfaction.json"),
    ("/v1/calls?", "aircall/response.json"),
    ("/v1/users/availabilities", "aircall/response-availabilities.json"),
    ('"value": "open"', "intercom/response-open.json"),
    ('"created_at", "operator": ">", "value": 1', "intercom/response-opened.json"),
    ('first_admin_reply_at", "operator": ">", "value": 1', "intercom/response-answered.json"),
    ('conversation_rating.replied_at", "operator": ">", "value": 1', "intercom/response-ratings.json"),
    ('"NOT_IN"', "hubspot/response-open.json"),
    ('"createdate", "operator": "GTE", "value": "1', "hubspot/response-opened.json"),
    ('"closed_date", "operator": "GTE", "value": "1', "hubspot/response-closed.json"),
    ('"first_agent_reply_date", "operator": "GTE", "value": "1', "hubspot/response-replied.json"),
    ('"hs_submission_timestamp", "operator": "GTE", "value": "1', "hubspot/response-feedback.json"),
    ("/callcontrol", "3cx/response-callcontrol.json"),
    ("/ActiveCalls", "3cx/response-active.json"),
    ("GetDetailedQueueStatisticsData(queueDnStr='',startDt=2", "3cx/response-whole.json"),
    ("GetStatisticSlaData(queueDnStr='',startDt=2", "3cx/response-sla.json"),
    ('"Groupings"', "amazon-connect-realtime/response.json"),
]


def moved(text):
    late = int(time.time()) - SAVED_AT

    def iso(match):
        moment = datetime.datetime.fromisoformat(match[0].replace("Z", "+00:00")) + datetime.timedelta(seconds=late)
        return moment.isoformat().replace("+00:00", "Z")

    text = re.sub(r"2026-11-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)", iso, text)
    return re.sub(r"\b179\d{7}(?=(\d{3})?(\.\d+)?\b)", lambda match: str(int(match[0]) + late), text)


def influx():
    columns = ["time", "calls_waiting", "longest_wait", "offered", "answered", "answered_in_t", "wait_answered", "abandoned"]
    row = [SAVED_AT - 5, 4, 31, 412, 377, 350, 8900, 35]
    return {"results": [{"statement_id": 0, "series": [{"name": "acd", "tags": {"queue": "Ventes"}, "columns": columns, "values": [row]}]}]}


def grafana(body):
    frame = {"schema": {"fields": [{"name": "Time", "type": "time"}, {"name": "Value", "type": "number", "labels": {"queue": "Ventes"}}]},
             "data": {"values": [[SAVED_AT * 1000], [25]]}}
    return {"results": {query["refId"]: {"status": 200, "frames": [frame]} for query in json.loads(body)["queries"]}}


def connect(body):  # without groupings
    metrics = [{"Metric": metric, "Value": 3.0} for metric in json.loads(body)["CurrentMetrics"]]
    return {"DataSnapshotTime": SAVED_AT - 2.0, "MetricResults": [{"Collections": metrics}]}


def answer(path, body):
    if path.endswith("/token"):
        return json.dumps({"access_token": "a-token", "token_type": "bearer", "expires_in": 3600})
    if path.startswith("/query?") and "ORDER BY time DESC LIMIT 1" in path:
        return json.dumps(influx())
    if path == "/api/ds/query":
        return json.dumps(grafana(body))
    if "/metrics/current/" in path and "Groupings" not in body:
        return json.dumps(connect(body))
    for sign, name in ANSWERS:
        if sign in path or sign in body:
            with open(CASES + name, encoding="utf-8") as file:
                return file.read()
    return None


def page_of(saved, path, body):
    """One page of a saved answer that has several, and whether there is one more."""
    pages = json.loads(saved)
    if not isinstance(pages, list) or not pages or "/callcontrol" in path:
        return saved, False
    number = 1 if "page=2" in path or '"starting_after"' in body or '"after"' in body else 0
    return json.dumps(pages[number]), number + 1 < len(pages)


class Vendors(http.server.BaseHTTPRequestHandler):
    def reply(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        text = answer(urllib.parse.unquote(self.path), body)
        signed_in = self.path.startswith("/query?") or self.path.endswith("/token") or "Authorization" in self.headers
        status = 404 if text is None else 200 if signed_in else 401
        more = False
        if text is not None:
            text, more = page_of(text, self.path, body)
            text = text.replace("https://api.aircall.io/v1/", "http://%s/v1/" % self.headers["Host"])
        reply = (moved(text) if status == 200 else '{"error": "no such answer"}').encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if more and "/v2/" in self.path:
            self.send_header("Link", '<http://%s%s&page=2>; rel="next"' % (self.headers["Host"], self.path))
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST = reply

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Vendors).serve_forever()
PY
start python3 "$work/vendors.py" "$port"
wait_for 10 curl -s "http://127.0.0.1:$port/" || fail "the vendors do not answer"

# Whatever variable a board takes its secret from.
for name in $(grep -ho 'env: [A-Z_0-9]*' assets/boards/*.yaml | cut -d' ' -f2 | sort -u); do
    export "$name=a-secret"
done
export CREDENTIALS_DIRECTORY=$work/credentials
mkdir "$CREDENTIALS_DIRECTORY"
for name in $(grep -ho 'credential: [-a-z_0-9]*' assets/boards/*.yaml | cut -d' ' -f2 | sort -u); do
    (umask 077 && printf 'a-secret' >"$CREDENTIALS_DIRECTORY/$name")
done

value_of() { # board tile: what the tile shows, null for a dash
    "$vigie" probe "$1" --tile "$2" --json 2>"$work/err" | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)["value"]))'
}

tiles_of() { # board: the ids of its tiles, as the program says them when asked for one that is not there
    "$vigie" probe "$1" --tile '?' 2>&1 | sed 's/.*it has //; s/[,.]/ /g; s/ and / /g'
}

boards=0
for board in assets/boards/*.yaml; do
    name=$(basename "$board" .yaml)
    case $name in demo | plateau | prometheus) continue ;; esac # these have tests of their own
    # the saved answers have ids of their own
    sed -e "s#https\?://[A-Za-z0-9.-]*\(:[0-9]*\)\?/#http://127.0.0.1:$port/#" -e 's#WQx\{32\}#WQ0000000000000000000000000000000a#' "$board" >"$work/$name.yaml"
    "$vigie" check "$work/$name.yaml" >"$work/out" 2>&1 || fail "$name: $(cat "$work/out")"
    grep -q 'warning:' "$work/out" && fail "$name: $(cat "$work/out")"
    tiles=$(tiles_of "$work/$name.yaml")
    [ "$(echo "$tiles" | wc -w)" -ge 6 ] || fail "$name has fewer than 6 tiles: $tiles"
    for tile in $tiles; do
        value=$(value_of "$work/$name.yaml" "$tile")
        case $name:$tile:$value in
            genesys-cloud:service_level-3:null) echo "$name: $tile is a dash: the saved answer has no call of that queue" && continue ;;
        esac
        case $value in
            '' | null) fail "$name: the tile $tile stays empty: $(cat "$work/err"; "$vigie" probe "$work/$name.yaml" --tile "$tile" 2>&1 | head -n 20)" ;;
        esac
        echo "$name: $tile is $value"
    done
    [ -z "${KEEP_PICTURES:-}" ] || "$vigie" render "$work/$name.yaml" --out "$KEEP_PICTURES/$name.png"
    boards=$((boards + 1))
done
echo "$boards boards to start from fill all of their tiles"

# Without its own files the program says that one thing, not every KPI of the board.
VIGIE_ASSETS=$work/nowhere "$vigie" check assets/boards/plateau.yaml >"$work/out" 2>&1 && fail "a board is right without a catalogue"
[ "$(grep -c error: "$work/out")" -eq 1 ] && grep -q 'VIGIE_ASSETS' "$work/out" || fail "$(cat "$work/out")"
echo "missing files of our own are one line"
