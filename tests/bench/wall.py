#!/usr/bin/env python3
"""What the whole program costs on a display: CPU seconds, wake-ups, pictures presented, memory, and how soon
it shows what a server says.

usage: wall.py VIGIE [SECONDS]             one source, with a display
       wall.py VIGIE [SECONDS] SOURCES     so many sources, each 5 s, without one
       wall.py VIGIE [SECONDS] soak        new figures as often as a board may ask for them; does it grow?

A server here answers the same figures for ever, or new ones at every poll; vigie shows 12 tiles with
curves at 1920x1080 under Xvfb (driver x11) and under SDL's dummy driver. Both processes are counted:
CPU from /proc/PID/task/TID/schedstat, wake-ups from voluntary_ctxt_switches of every thread, memory as PSS.
Goals are those for the display that a person sees; what the dummy driver needs is printed without.
"""
import http.server, json, mmap, os, re, signal, statistics, struct, subprocess, sys, tempfile, threading, time

KPIS = ["service_level", "calls_waiting", "longest_wait", "abandonment_rate", "asa", "aht", "occupancy",
        "agents_available", "contacts_offered", "contacts_answered", "csat_rate", "nps"]
COUNTERS = {"now": {"waiting_now": 4, "longest_wait_s": 71, "agents_available": 6, "agents_logged_in": 30},
            "30m": {"offered": 200, "answered": 180, "answered_in_t": 168, "short_abandoned": 2, "talk_s": 40000,
                    "hold_s": 3000, "acw_s": 9000, "ready_idle_s": 12000},
            "today": {"offered": 1200, "answered": 1150, "abandoned": 50, "short_abandoned": 8, "handled": 1140,
                      "wait_answered_s": 25000, "talk_s": 300000, "hold_s": 20000, "acw_s": 60000},
            "rolling_7d": {"csat_top2": 870, "csat_responses": 1000},
            "rolling_28d": {"nps_promoters": 500, "nps_detractors": 120, "nps_responses": 1000}}


class Floor(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    changing = False
    polls = 0
    answered_s = 0.0  # when the last answer was on its way

    def do_GET(self):
        Floor.polls += 1
        extra = Floor.polls % 50 if Floor.changing else 0
        samples = [{"id": i, "value": v + extra, "window": w, "dims": {}} for w, c in COUNTERS.items() for i, v in c.items()]
        body = json.dumps({"samples": samples}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        Floor.answered_s = time.monotonic()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def board(folder, port, every, sources):
    tiles = "".join("      - {kpi: %s, type: number}\n" % kpi for kpi in KPIS)
    path = os.path.join(folder, "board.yaml")
    with open(path, "w") as f:
        f.write("vigie: 1\ntitle: Banc\nsources:\n")
        for source in range(sources):
            f.write("  - {name: acd%d, adapter: generic/filter-canonical, url: 'http://127.0.0.1:%d/%d', every: %s}\n"
                    % (source, port, source, every))
        f.write("pages:\n  - id: live\n    title: Banc\n    grid: 4x3\n    tiles:\n" + tiles)
    return path


def family(pid):
    pids = [pid]
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/children" % (pid, task)) as f:
            pids += [int(x) for x in f.read().split()]
    return pids


def cpu_s(pid, tasks=None):
    """Of the threads that there are: what a thread used that has ended is not known any more."""
    return sum(int(open("/proc/%d/task/%s/schedstat" % (pid, task)).read().split()[0])
               for task in tasks or os.listdir("/proc/%d/task" % pid)) / 1e9


def used(pids):
    wakes = 0
    for pid in pids:
        for task in os.listdir("/proc/%d/task" % pid):
            status = open("/proc/%d/task/%s/status" % (pid, task)).read()
            wakes += int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.M).group(1))
    return sum(cpu_s(pid) for pid in pids), wakes


def drawing_s(pid):
    """CPU of the main thread, which draws; what gathers figures are the other threads and the mapper."""
    return cpu_s(pid, [str(pid)])


def pss_mib(pids):
    return [int(re.search(r"^Pss:\s*(\d+)", open("/proc/%d/smaps_rollup" % p).read(), re.M).group(1)) / 1024 for p in pids]


def row(what, value, unit, goal=None, digits=2):
    verdict = "" if goal is None else "goal %-7s %s" % ("%g" % goal, "ok" if value <= goal else "MISSED")
    print("  %-58s %10.*f %-10s %s" % (what, digits, value, unit, verdict), flush=True)


class Wall:
    """The program at work; `with Wall(…) as wall` ends it."""

    def __init__(self, vigie, driver, display, every, port, sources=1, past=None):
        """`past`: a folder whose history is read back, else there is none; never that of who measures."""
        self.folder = tempfile.TemporaryDirectory()
        env = dict(os.environ, SDL_VIDEODRIVER=driver, STATE_DIRECTORY=past or self.folder.name)
        env.pop("WAYLAND_DISPLAY", None)
        if display:
            env["DISPLAY"] = display
        self.log = open(os.path.join(self.folder.name, "log"), "w+")
        path = board(self.folder.name, port, every, sources)
        self.started_s = time.monotonic()
        self.program = subprocess.Popen([vigie, "run", path, "--window", "1920x1080"], env=env, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.end()

    def pids(self):
        return family(self.program.pid)

    def end(self):
        """Gives how many pictures it presented."""
        if self.folder is None:
            return "?"
        self.program.send_signal(signal.SIGTERM)
        self.program.wait(10)
        self.log.seek(0)
        presented = re.search(r"presented (\d+) pictures", self.log.read())
        self.log.close()
        self.folder.cleanup()
        self.folder = None
        return presented.group(1) if presented else "?"


def measure(vigie, driver, display, changing, every, seconds, port, sources=1):
    Floor.changing = changing
    with Wall(vigie, driver, display, every, port, sources) as wall:
        time.sleep(6)
        pids = wall.pids()
        before, drawn = used(pids), drawing_s(wall.program.pid)
        time.sleep(seconds)
        after, memory, drawn = used(pids), pss_mib(pids), drawing_s(wall.program.pid) - drawn
        presented = wall.end()
    cpu, wakes = after[0] - before[0], after[1] - before[1]
    seen = driver == "x11"
    what = "new figures each %s" % every if changing else "nothing changes"
    print("  %s, %s%s: %s pictures presented" % (driver, what, ", %d sources" % sources if sources > 1 else "", presented))
    if sources > 1:
        row("of a core", 100 * cpu / seconds, "%", 3)
        row("... of that for drawing", 100 * drawn / seconds, "%")
    else:
        row("CPU, of 120 s (measured over %d s)" % seconds, cpu * 120 / seconds, "s",
            (0.4 if changing else 0.05) if seen else None, 3)
    row("wake-ups", wakes / seconds, "a second", 12 if sources == 1 else None, 1)
    row("memory (%s)" % " + ".join("%.1f" % m for m in memory), sum(memory), "MiB PSS",
        35 if seen else None, 1)


# ---- how soon: looked for in the X server's own picture, which it keeps in a file ----

class Picture:
    """The middle of each of the 4 x 3 tiles: neither the header with its clock nor the edges."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.bytes = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack(">25I", self.bytes[:100])
        self.begin, self.line = head[0] + head[19] * 12, head[12]

    def middles(self):
        parts = []
        for y in range(180, 960, 16):
            for x in range(80, 1900, 470):
                at = self.begin + y * self.line + x * 4
                parts.append(self.bytes[at:at + 300 * 4])
        return hash(b"".join(parts))


def start_ms(vigie, display, picture, port, past=None):
    """From exec to the picture that is still there two seconds later; and the CPU until then, both processes."""
    Floor.changing = False
    seen = []
    with Wall(vigie, "x11", display, "5s", port, past=past) as wall:
        end_s = wall.started_s + 2.5
        while time.monotonic() < end_s:
            now = picture.middles()
            if not seen or now != seen[-1][1]:
                seen.append((time.monotonic(), now, sum(cpu_s(pid) for pid in wall.pids())))
            time.sleep(0.002)
        return 1000 * (seen[-1][0] - wall.started_s), 1000 * seen[-1][2]


def answers_ms(vigie, display, picture, port, count):
    """From the answer's last write to the first pixel that is another one."""
    Floor.changing = True
    took = []
    with Wall(vigie, "x11", display, "1s", port):
        time.sleep(5)
        while len(took) < count:
            answered, before = Floor.answered_s, picture.middles()
            while Floor.answered_s == answered:
                time.sleep(0.0005)
                before = picture.middles() if Floor.answered_s == answered else before
            while picture.middles() == before and time.monotonic() < Floor.answered_s + 0.5:
                time.sleep(0.0001)
            took.append(1000 * (time.monotonic() - Floor.answered_s))
    return took


def how_soon(vigie, display, picture, port):
    starts = [start_ms(vigie, display, picture, port) for _ in range(7)]
    with tempfile.TemporaryDirectory() as past:  # each start but the first has the curves of those before
        again = [start_ms(vigie, display, picture, port, past) for _ in range(8)][1:]
    took = answers_ms(vigie, display, picture, port, 25)
    row("start to full board, median of 7", statistics.median(s[0] for s in starts), "ms", 300, 0)
    row("... CPU until then, both processes", statistics.median(s[1] for s in starts), "ms", None, 0)
    row("... with curves of the past, median of 7", statistics.median(s[0] for s in again), "ms", 300, 0)
    row("answer to pixel, median of 25", statistics.median(took), "ms", 3)
    row("... the slowest", max(took), "ms")


# ---- whether it grows ----

def soak(vigie, seconds, display, port):
    """New figures each second, the shortest time that a board may ask at; after a warm-up of a quarter."""
    Floor.changing = True
    with Wall(vigie, "x11", display, "1s", port) as wall:
        time.sleep(seconds / 4)
        pids = wall.pids()
        rss = lambda: sum(int(open("/proc/%d/statm" % pid).read().split()[1]) for pid in pids) * 4
        fds = lambda: sum(len(os.listdir("/proc/%d/fd" % pid)) for pid in pids)
        before, polls, files = rss(), Floor.polls, fds()
        time.sleep(seconds * 3 / 4)
        row("RSS after %d answers more" % (Floor.polls - polls), rss() - before, "KiB more", None, 0)
        row("descriptors", fds() - files, "more", 0, 0)


def with_display(work):
    number = next(n for n in range(90, 200) if not os.path.exists("/tmp/.X11-unix/X%d" % n))
    with tempfile.TemporaryDirectory() as folder:
        xvfb = subprocess.Popen(["Xvfb", ":%d" % number, "-screen", "0", "1920x1080x24", "-nolisten", "tcp",
                                 "-fbdir", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(2)
            work(":%d" % number, Picture(os.path.join(folder, "Xvfb_screen0")))
        finally:
            xvfb.terminate()
            xvfb.wait()


def on_display(vigie, seconds, display, picture, port):
    measure(vigie, "x11", display, False, "5s", seconds, port)
    measure(vigie, "x11", display, True, "1s", seconds, port)
    how_soon(vigie, display, picture, port)


def main():
    vigie = os.path.abspath(sys.argv[1])
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    how = sys.argv[3] if len(sys.argv) > 3 else "1"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Floor)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    if how == "soak":
        with_display(lambda display, picture: soak(vigie, seconds, display, port))
        return
    if int(how) > 1:
        for changing in False, True:
            measure(vigie, "dummy", None, changing, "5s", seconds, port, int(how))
        return
    for changing, every in (False, "5s"), (True, "1s"):
        measure(vigie, "dummy", None, changing, every, seconds, port)
    with_display(lambda display, picture: on_display(vigie, seconds, display, picture, port))


main()
