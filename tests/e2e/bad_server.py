"""A server that does all that servers should not do; each path is one misbehaviour.

usage: bad_server.py PORT [CERTIFICATE KEY]    ends by itself after five minutes; with a certificate it speaks TLS
"""
import gzip
import http.server
import json
import ssl
import sys
import threading
import time

PORT = int(sys.argv[1])
DOCUMENT = json.dumps({"samples": [{"id": "waiting_now", "value": 6, "window": "now", "dims": {"queue": "Ventes"}}]}).encode()
LOGIN = b"<!doctype html>\n<html><title>Sign in</title><form action=/login></form></html>"
BOMB = gzip.compress(b" " * (64 << 20))


def row(status=200, body=DOCUMENT, kind="application/json", length=None, **headers):
    return status, body, kind, length, headers


ROWS = {
    "/right": row(),
    "/401": row(401, b'{"message":"Invalid token"}', WWW_Authenticate='Bearer realm="acd"'),
    "/401-silent": row(401, b""),
    "/403": row(403, b'{"error":"insufficient scope","needs":"queues:read"}'),
    "/404": row(404, b"Not Found", "text/plain"),
    "/405": row(405, b"Method Not Allowed", "text/plain", Allow="POST"),
    "/422": row(422, b'{"message":"interval: must be ISO-8601"}'),
    "/429": row(429, b"Number of allowed API requests per minute exceeded", "text/plain", Retry_After="42"),
    "/429-silent": row(429, b""),
    "/500": row(500, b"<html><body><h1>Internal Server Error</h1></body></html>", "text/html"),
    "/503": row(503, b"", Retry_After="7200"),
    "/204": row(204, b"", length=0),
    "/empty": row(body=b""),
    "/login": row(body=LOGIN, kind="text/html"),
    "/latin1": row(body='{"queue":"Qualité"}'.encode("latin-1"), kind="application/json; charset=utf-8"),
    "/csv": row(body=b"queue;waiting\nVentes;6\n", kind="text/csv"),
    "/half": row(body=DOCUMENT[:40]),
    "/trailing": row(body=DOCUMENT + b" OK"),
    "/deep": row(body=b"[" * 70 + b"]" * 70),
    "/large": row(body=b'"' + b"x" * (9 << 20) + b'"'),
    "/bomb": row(body=BOMB, Content_Encoding="gzip"),
    "/damaged": row(body=gzip.compress(DOCUMENT)[:-9] + b"123456789", Content_Encoding="gzip"),
    "/cut": row(length=5000),
    "/away": row(302, b"", Location="https://login.elsewhere.example/?next=%2Ffigures"),
    "/circle": row(302, b"", Location="/circle"),
    "/other": row(body=b'{"rows":[{"name":"Ventes","waiting":6}]}'),
    "/typing": row(body=json.dumps({"samples": [{"id": "waiting_now", "value": "6", "window": "now", "dims": {}}]}).encode()),
    "/unknown": row(body=json.dumps({"samples": [{"id": "calls_wating", "value": 6, "window": "now", "dims": {}}]}).encode()),
    "/skewed": row(403, b'{"message":"Signature expired: 20261122T071500Z is now earlier than 20261122T071501Z"}'),
}


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string(time.time() + (600 if getattr(self, "path", "") == "/skewed" else 0))

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        if path in ("/slow", "/silent"):
            if path == "/slow":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{")
            time.sleep(60)
            self.close_connection = True
            return
        if path == "/hangs-up":
            self.close_connection = True
            return
        status, body, kind, length, headers = ROWS.get(path, ROWS["/404"])
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = length is not None and length > len(body)

    do_POST = do_GET


class Silent(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


server = Silent(("127.0.0.1", PORT), Server)
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*sys.argv[2:4])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Timer(300, server.shutdown).start()
server.serve_forever()
