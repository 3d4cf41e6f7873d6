"""One virtual machine with a screen, a keyboard and a root shell; Python's own library only.

Software emulation, Debian's kernel started directly, a virtio display without 3D. The journal is written to a file
through the serial port, a root shell of systemd's is on a second one, the screen and the keys go through QMP.
"""
import json
import os
import re
import socket
import subprocess
import time

# Emulator, its arguments, and the serial port of each processor.
PROCESSORS = {
    "amd64": (["qemu-system-x86_64", "-M", "q35", "-cpu", "Nehalem-v1"], "ttyS0"),
    "arm64": (["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72"], "ttyAMA0"),
}
# no_timer_check: an emulated timer that has to wait for its turn looks broken, and the kernel would give up
KERNEL_LINE = (
    "root=/dev/vda ro console=tty1 console={port} systemd.debug_shell=hvc0 systemd.mask=serial-getty@hvc0.service "
    "systemd.mask=serial-getty@{port}.service systemd.journald.forward_to_console=1 "
    "systemd.journald.tty_path=/dev/{port} loglevel=4 systemd.show_status=no no_timer_check "
    "consoleblank=0 vt.global_cursor_default=0 ")


class Machine:
    """image: a folder of image.sh's; what is written goes to `work`, the image itself never changes.

    disk: that of a machine before, after a power cut; boot: a FAT image for /boot/firmware; clock: what the machine
    believes at power-on; answer: a program that is started for each connection to http://10.0.2.100 and speaks HTTP
    on its standard input and output, the only way out of the machine; link: whether its cable is plugged in.
    """

    def __init__(self, image, work, size=(1920, 1080), kernel_line="", processor="amd64", disk=None, boot=None, clock=None, answer=None, link=True):
        os.makedirs(work, exist_ok=True)
        self.work = work
        self.journal_path = os.path.join(work, "journal.log")
        if os.path.exists(self.journal_path):
            os.replace(self.journal_path, self.journal_path + f".{time.time_ns()}")
        self.disk = disk or self._new_disk(image)
        emulator, port = PROCESSORS[processor]
        command = emulator + [
            "-accel", "tcg,thread=multi", "-smp", "2", "-m", "1024", "-nodefaults", "-no-user-config", "-display", "none",
            "-kernel", os.path.join(image, "vmlinuz"), "-initrd", os.path.join(image, "initrd.img"),
            "-append", KERNEL_LINE.format(port=port) + kernel_line,
            "-drive", f"if=none,id=d0,file={self.disk},format=qcow2", "-device", "virtio-blk-pci,drive=d0",
            "-device", "virtio-keyboard-pci", "-device", "virtio-rng-pci",
            "-device", f"virtio-gpu-pci,id=gpu0,xres={size[0]},yres={size[1]}",
            "-serial", f"file:{self.journal_path}", "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=shell,path={work}/shell,server=on,wait=off", "-device", "virtconsole,chardev=shell",
            "-qmp", f"unix:{work}/qmp,server=on,wait=off"]
        if boot:
            command += ["-drive", f"if=none,id=d1,file={boot},format=raw", "-device", "virtio-blk-pci,drive=d1"]
        if clock:
            command += ["-rtc", f"base={clock}"]
        if answer:
            command += ["-netdev", f"user,id=n0,restrict=on,guestfwd=tcp:10.0.2.100:80-cmd:{answer}", "-device", "virtio-net-pci,id=net0,netdev=n0"]
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, stderr=open(os.path.join(work, "qemu.log"), "w"))
        self.orders = self._connect("qmp").makefile("rw")
        self.orders.readline()
        self.order("qmp_capabilities")
        if not link:
            self.order("set_link", name="net0", up=False)
        self._shell = None

    def _connect(self, name):
        end = time.monotonic() + 20
        while True:
            try:
                channel = socket.socket(socket.AF_UNIX)
                channel.connect(os.path.join(self.work, name))
                return channel
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("qemu did not start: " + open(os.path.join(self.work, "qemu.log")).read())
                time.sleep(0.1)

    def _new_disk(self, image):
        disk = os.path.join(self.work, f"disk-{time.time_ns()}.qcow2")
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", os.path.join(image, "root.img"), disk], check=True)
        return disk

    def age_s(self):
        return time.monotonic() - self.started

    def order(self, what, **arguments):
        self.orders.write(json.dumps({"execute": what, "arguments": arguments}) + "\n")
        self.orders.flush()
        while True:
            answer = json.loads(self.orders.readline())
            if "error" in answer:
                raise RuntimeError(f"{what}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def journal(self):
        with open(self.journal_path, errors="replace") as file:
            return file.read()

    def mark(self):
        return len(self.journal())

    def wait(self, pattern, patience_s, mark=0):
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            found = re.search(pattern, self.journal()[mark:])
            if found:
                return found
            if self.process.poll() is not None:
                raise RuntimeError("qemu ended: " + open(os.path.join(self.work, "qemu.log")).read())
            time.sleep(0.2)
        raise TimeoutError(f"no /{pattern}/ in {patience_s} s; the journal's end:\n" + self.journal()[-2500:])

    def shell(self, command, patience_s=90):
        """What the command said, by a root shell inside."""
        if self._shell is None:
            self._shell = self._connect("shell")
            self.shell_anew()
        end_sign = f"E{time.time_ns()}"
        self._shell.sendall(f"\n{{ {command}\n}} </dev/null\necho; echo {end_sign}''x $?\n".encode())
        said, end = "", time.monotonic() + patience_s
        while time.monotonic() < end:
            try:
                said += self._shell.recv(65536).decode(errors="replace")
            except socket.timeout:
                continue
            found = re.search(end_sign + r"x (\d+)", said)
            if found:
                return said[:found.start()].replace("\r", "").strip()
        raise TimeoutError(f"the shell does not answer: {command}: {said[-500:]}")

    def shell_anew(self):
        """To be called after a restart of the machine: its new shell says again what it is told."""
        self._shell.settimeout(1)
        self._shell.sendall(b"\nstty -echo cols 500; PS1=; PS2=; export PAGER=cat SYSTEMD_COLORS=0 TERM=dumb; bind 'set enable-bracketed-paste off' 2>/dev/null\n")
        time.sleep(2)
        try:
            self._shell.recv(65536)
        except socket.timeout:
            pass

    def screen(self, name):
        """The screen as a PPM file."""
        path = os.path.join(self.work, name + ".ppm")
        self.order("screendump", filename=path)
        return path

    def key(self, code):
        for down in (True, False):
            self.order("input-send-event", events=[{"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": code}}}])
            time.sleep(0.1)

    def off(self):
        """The plug is pulled: what the machine had not written is lost."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
