"""A contact centre that nobody has an adapter for, and a server that repeats what it is told.

usage: probe_server.py PORT WORD    ends by itself after ten minutes; requests with WORD in Authorization are let in

/flat, /queues, /prometheus, /canonical   answers of quite different shapes
/login, /csv, /nothing                    what is not JSON
/sign/basic, /sign/bearer                 401 until somebody signs in
/echo/STATUS                              says all that it was told in the body, with that status
/away                                     a redirect to another place that repeats the request
/token                                    tokens for everybody; /token/refused: the request again with a 400
"""
import datetime
import http.server
import json
import sys
import threading

PORT, WORD = int(sys.argv[1]), sys.argv[2]
NOW = datetime.datetime.now(datetime.timezone.utc)

FLAT = {"appels_en_attente": 4, "attente_max": "00:01:12", "conseillers_connectes": 14, "conseillers_disponibles": 2,
        "taux_decroche": "91,5 %", "recus_jour": 431, "decroches_jour": 402, "email_superviseur": "x.y@example.org",
        "maj": NOW.isoformat(timespec="seconds")}
QUEUES = {"generatedAt": int(NOW.timestamp() * 1000), "sites": {
    "Lyon": {"queues": [{"name": "Ventes", "channel": "phone", "stats": {
        "callsWaiting": 3, "longestWaitMs": 47000, "offeredToday": 120, "answeredToday": 101, "abandonedToday": 9}}]},
    "Nantes": {"queues": [{"name": "SAV", "channel": "Chat", "stats": {
        "callsWaiting": 0, "longestWaitMs": 0, "offeredToday": 80, "answeredToday": 77, "abandonedToday": 2}}]}},
    "agents": [{"name": "Anna Martin", "phone": "+33 6 12 34 56 78", "answered": 7}]}
PROMETHEUS = {"status": "success", "data": {"resultType": "vector", "result": [
    {"metric": {"__name__": "acd_calls_waiting", "queue": "Ventes"}, "value": [NOW.timestamp(), "5"]},
    {"metric": {"__name__": "acd_calls_waiting", "queue": "SAV"}, "value": [NOW.timestamp(), "2"]},
    {"metric": {"__name__": "acd_longest_wait_seconds", "queue": "SAV"}, "value": [NOW.timestamp(), "31.5"]},
    {"metric": {"__name__": "go_gc_cycles", "job": "acd"}, "value": [NOW.timestamp(), "99"]}]}}
CANONICAL = {"samples": [{"id": "waiting_now", "value": 6, "window": "now", "dims": {"queue": "Ventes"}}]}
JSON = {"/flat": FLAT, "/queues": QUEUES, "/prometheus": PROMETHEUS, "/canonical": CANONICAL}
TEXTS = {"/login": ("text/html", "<html><title>Sign in</title></html>"), "/csv": ("text/csv", "a;b\n1;2\n"),
         "/nothing": ("application/json", "")}


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, kind, text, **headers):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def told(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        if self.headers.get("Proxy-Authorization"):
            return f"{self.requestline}\n{self.headers}\n{body}"
        # what matters first, without the names that would betray it: error texts are shown up to 200 characters
        values = [value.removeprefix("Bearer ").removeprefix("Basic ") for name, value in self.headers.items()
                  if name.lower() in ("authorization", "x-api-key", "x-amz-security-token")]
        return f"{body[-150:]} {' '.join(values)} {self.requestline}"

    def do_GET(self):
        told, path = self.told(), self.path.split("?")[0]
        if path in JSON:
            self.answer(200, "application/json", json.dumps(JSON[path]))
        elif path in TEXTS:
            self.answer(200, *TEXTS[path])
        elif path.startswith("/sign/"):
            known = WORD in (self.headers.get("Authorization") or "")
            challenge = path.split("/")[2].capitalize() + ' realm="acd"'
            self.answer(200 if known else 401, "application/json", json.dumps(CANONICAL), WWW_Authenticate=challenge)
        elif path.startswith("/echo/"):
            self.answer(int(path.split("/")[2]), "text/plain", "you said: " + told)
        elif path == "/away":
            self.answer(302, "text/plain", told, Location="http://elsewhere.invalid/?was=" + WORD)
        elif path == "/token":
            self.answer(200, "application/json", json.dumps(
                {"access_token": WORD + "-access", "refresh_token": WORD + "-next", "expires_in": 3600}))
        elif path == "/token/refused":
            self.answer(400, "application/json", json.dumps({"error": "server_error", "was": told}))
        else:
            self.answer(404, "text/plain", "no such page: " + told)

    do_POST = do_GET


server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Server)
threading.Timer(600, server.shutdown).start()
server.serve_forever()
