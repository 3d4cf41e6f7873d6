#!/usr/bin/env python3
"""The package in a virtual machine: boots, shows, takes keys, and comes back by itself. See vm-test.sh."""
import base64
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from machine import Machine  # noqa: E402

image, work = sys.argv[1], sys.argv[2]
only = sys.argv[3:]
WIDTH, HEIGHT = 1920, 1080
READY = r"Started (vigie\.service|Vigie)"
failed = 0
machine = None


def picture(path):
    """Width, height and the RGB bytes of a PPM."""
    with open(path, "rb") as file:
        data = file.read()
    _, width, height, most = data[:64].split(None, 4)[:4]
    header = data.index(b"\n" + most + b"\n") + len(most) + 2
    return int(width), int(height), data[header:]


def rendered(name):
    """What `vigie render` draws of the same board, in the machine itself, as RGB bytes."""
    machine.shell(f"VIGIE_ASSETS=/usr/share/vigie setpriv --reuid vigie --regid vigie --init-groups vigie render /usr/share/vigie/welcome.yaml --size {WIDTH}x{HEIGHT} --out /tmp/r.png", 300)
    encoded = machine.shell("base64 -w0 /tmp/r.png", 60)
    png, ppm = os.path.join(work, name + ".png"), os.path.join(work, name + ".ppm")
    with open(png, "wb") as file:
        file.write(base64.b64decode(encoded))
    subprocess.run(["convert", png, ppm], check=True)
    return picture(ppm)


def differing_share(one, other, left, top, right, bottom):
    """Of the pixels of an area, 0..1; an area that is one colour only shows nothing and is a mistake."""
    (width, height, a), (other_width, other_height, b) = one, other
    assert (width, height) == (other_width, other_height) == (WIDTH, HEIGHT), f"{width}x{height} against {other_width}x{other_height}"
    differing = total = 0
    colours = set()
    for y in range(top, bottom):
        for x in range(left, right, 1):
            at = 3 * (y * width + x)
            differing += a[at:at + 3] != b[at:at + 3]
            colours.add(b[at:at + 3])
            total += 1
    assert len(colours) > 2, "nothing is drawn there"
    return differing / total


def is_dark(shot):
    _, _, pixels = picture(shot)
    return max(pixels[::997]) < 40


def shown(name, patience_s=60):
    """Waits until the wall is on the screen: the head of the page is light on dark."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        shot = machine.screen(name)
        width, height, pixels = picture(shot)
        head = pixels[3 * width * 30:3 * width * 60]
        if width == WIDTH and sum(value > 200 for value in head) > 2000:
            return shot
        time.sleep(1)
    raise AssertionError(f"the wall is not on the screen: {shot}")


def show(name):
    return machine.shell(f"systemctl show vigie -p {name} --value").strip()


def step(run):
    global failed
    name = run.__name__.replace("_", " ")
    if only and run.__name__ not in only and run.__name__ != "it_boots_to_the_first_picture":
        return
    begun = time.monotonic()
    try:
        said, mark = run() or "", "ok    "
    except Exception as wrong:  # told, and the others go on
        said, mark = f"{type(wrong).__name__}: {wrong}", "FAILED"
        failed += 1
    print(f"{mark} {name}: {said} ({time.monotonic() - begun:.1f} s)", flush=True)


def it_boots_to_the_first_picture():
    machine.wait(READY, 400)
    ready_s = machine.age_s()
    shown("boot")
    start = machine.shell("systemctl show vigie -p ExecMainStartTimestampMonotonic -p ActiveEnterTimestampMonotonic --value | tr '\\n' ' '").split()
    return f"ready {ready_s:.0f} s after power-on, {(int(start[1]) - int(start[0])) / 1e6:.1f} s after the unit's start; {machine.shell('journalctl -u vigie -o cat | grep -m1 display:')}"


def the_screen_is_what_render_draws():
    still = picture(shown("still"))
    same = rendered("rendered")
    parts = {"head": (30, 25, 600, 65), "message": (40, 915, 1870, 975)}
    shares = {name: differing_share(still, same, *area) for name, area in parts.items()}
    assert max(shares.values()) == 0, shares
    return "head and message: every pixel the same"


def no_root_no_login_prompt():
    user, master = show("User"), machine.shell("cat /sys/kernel/debug/dri/*/clients | awk '$4==\"y\" {print $1}' | sort -u")
    assert user == "vigie" and "vigie" in master, (user, master)
    assert machine.shell("systemctl is-active getty@tty1") == "inactive"
    return f"account {user}, owner of the display {master}"


def keys_are_taken():
    before = picture(shown("before-key"))[2]
    machine.key("b")
    for _ in range(30):
        if is_dark(machine.screen("black")):
            machine.key("b")
            shown("after-key")
            return "B makes it black, and light again"
        time.sleep(1)
    raise AssertionError("B does not make the screen black" + (" (nothing changed)" if before == picture(machine.screen("black"))[2] else ""))


def sigterm_is_a_clean_end():
    said = machine.shell("t=$(date +%s%N); systemctl stop vigie; echo $((($(date +%s%N)-t)/1000000)) ms; systemctl show vigie -p Result -p ExecMainStatus --value | tr '\\n' ' '; kbd_mode -C /dev/tty1")
    assert "success" in said and " 0" in said.replace("\n", " "), said
    mark = machine.mark()
    machine.shell("systemctl start --no-block vigie")
    machine.wait(READY, 120, mark)
    shown("started-again")
    return said.replace("\n", "; ")


def killed_it_comes_back():
    mark, begun = machine.mark(), time.monotonic()
    machine.shell("systemctl kill -s KILL vigie")
    machine.wait(READY, 120, mark)
    shown("after-kill")
    return f"the picture is back after {time.monotonic() - begun:.1f} s"


def stopped_the_watchdog_ends_it():
    mark, begun = machine.mark(), time.monotonic()
    machine.shell("kill -STOP $(systemctl show vigie -p MainPID --value)")
    machine.wait(r"[Ww]atchdog timeout", 120, mark)
    noticed_s = time.monotonic() - begun
    machine.wait(READY, 120, mark)
    shown("after-watchdog")
    return f"noticed after {noticed_s:.1f} s, the picture is back after {time.monotonic() - begun:.1f} s"


def a_broken_board_is_told_and_the_one_before_goes_on():
    machine.shell("cp /usr/share/vigie/boards/demo.yaml /etc/vigie/board.yaml; systemctl restart vigie", 120)
    shown("own-board")
    machine.shell("sed -i 's/^theme: dark/theme: drak/' /etc/vigie/board.yaml; systemctl reload vigie")
    machine.wait(r"not taken over; the board before goes on", 60)
    shown("reload-refused")
    mark = machine.mark()
    machine.shell("systemctl restart --no-block vigie")
    machine.wait(READY, 120, mark)
    time.sleep(3)
    shown("broken-at-start")
    machine.shell("rm /etc/vigie/board.yaml; systemctl restart vigie", 120)
    shown("welcome-again")
    return "see reload-refused.ppm and broken-at-start.ppm"


def a_missing_credential_does_not_keep_it_from_starting():
    state = machine.shell("ls /etc/credstore 2>/dev/null | wc -l; systemctl is-active vigie; systemctl show vigie -p LoadCredential")
    assert "active" in state and "zendesk-token" in state, state
    return "it runs without"


def without_a_display_it_waits_for_one():
    connector = machine.shell("ls -d /sys/class/drm/card*-Virtual-1").split()[0]
    mark = machine.mark()
    machine.shell(f"systemctl stop vigie; echo off > {connector}/status; systemctl start --no-block vigie", 120)
    machine.wait(r"Scheduled restart job", 120, mark)
    machine.shell(f"echo detect > {connector}/status")
    begun, mark = time.monotonic(), machine.mark()
    machine.wait(READY, 120, mark)
    shown("plugged")
    return f"the picture is there {time.monotonic() - begun:.1f} s after the plug; restarts so far {show('NRestarts')}"


def the_boot_folder_is_taken_over():
    machine.shell("mkdir -p /boot/firmware/vigie/secrets; sed 's/^title:.*/title: Mur de Lyon/' /usr/share/vigie/boards/demo.yaml >/boot/firmware/vigie/board.yaml; echo t >/boot/firmware/vigie/secrets/acd; echo mur-lyon >/boot/firmware/vigie/hostname; systemctl restart vigie", 120)
    shown("provisioned")
    said = machine.shell("hostname; stat -c '%a %U' /etc/vigie/secrets/acd; grep ^title /etc/vigie/board.yaml")
    assert said.split("\n") == ["mur-lyon", "600 vigie", "title: Mur de Lyon"], said
    return said.replace("\n", "; ")


machine = Machine(image, work, (WIDTH, HEIGHT))
try:
    for run in (it_boots_to_the_first_picture, the_screen_is_what_render_draws, no_root_no_login_prompt, keys_are_taken,
                sigterm_is_a_clean_end, killed_it_comes_back, stopped_the_watchdog_ends_it,
                a_broken_board_is_told_and_the_one_before_goes_on, a_missing_credential_does_not_keep_it_from_starting,
                without_a_display_it_waits_for_one, the_boot_folder_is_taken_over):
        step(run)
finally:
    machine.off()
sys.exit(1 if failed else 0)
