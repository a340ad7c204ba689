"""A real CUPS with a real IPP printer behind it, on loopback, in a folder of its own.

The printer (`ippeveprinter`) finds no start without a D-Bus and an Avahi to announce itself to, so
these run here too, apart from the computer's own. What it is given lies in `tray` as files.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from app.models.dossiers.print_state import PrintState
from app.printing.printers.cups import Cups
from app.printing.printers.spooler import JobId, JobState

HERE = Path(__file__).parent / "cups"
TOOLS = ("cupsd", "lpadmin", "ippeveprinter", "avahi-daemon", "dbus-daemon")
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
TRIES = 6000
_WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""A test run that is killed leaves no spooler behind."""

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={bus}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
_AVAHI = """[server]
use-ipv6=no
allow-interfaces=lo
[publish]
disable-publishing=yes
"""
# The printer's own program for a page: it waits while there is no paper, then lays the page down.
_LAY_DOWN = """#!/bin/sh
if [ -e "{folder}/no-paper" ]; then
    echo "STATE: +media-empty" >&2
    while [ -e "{folder}/no-paper" ]; do sleep 0.05; done
    echo "STATE: -media-empty" >&2
fi
cp "$1" "{folder}/laying" && mv "{folder}/laying" "{folder}/tray/$$.pdf"
"""
_FILES = "\n".join(
    f"{name} {{folder}}/{place}"
    for name, place in {
        "ServerRoot": "conf", "RequestRoot": "spool", "CacheDir": "cache", "StateDir": "state",
        "AccessLog": "access", "ErrorLog": "error", "PageLog": "page",
    }.items()
)  # fmt: skip
_CUPSD = """Listen 127.0.0.1:{port}
Browsing Off
LogLevel info
DefaultAuthType None
WebInterface No
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def missing() -> list[str]:
    """The programs that this computer lacks."""
    return [name for name in TOOLS if shutil.which(name, path=PATH) is None]


class RealCups:
    """Started by `start`, ended by `stop`; every process is a child of this one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tray = folder / "tray"
        self.port, self._printer_port = _free_port(), _free_port()
        self.cups = Cups(f"127.0.0.1:{self.port}")
        self._children: list[subprocess.Popen[bytes]] = []
        self._cupsd: subprocess.Popen[bytes] | None = None
        folder.chmod(0o755)  # CUPS' backends are another user
        for name in ("conf/ppd", "spool", "cache", "state", "tray", "printer"):
            (folder / name).mkdir(parents=True)
        (folder / "bus.conf").write_text(_BUS.format(bus=folder / "bus"), "utf-8")
        (folder / "avahi.conf").write_text(_AVAHI, "utf-8")
        (folder / "conf" / "files.conf").write_text(_FILES.format(folder=folder), "utf-8")
        (folder / "conf" / "cupsd.conf").write_text(_CUPSD.format(port=self.port), "utf-8")
        (folder / "lay-down").write_text(_LAY_DOWN.format(folder=folder), "utf-8")
        (folder / "lay-down").chmod(0o755)

    def start(self) -> None:
        """Everything, with the queue “Laser”."""
        folder = self.folder
        self._run("dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile")
        until((folder / "bus").exists)
        if os.geteuid() == 0:
            as_root = ("--no-drop-root", "--no-chroot", "--no-rlimits")
            self._run("avahi-daemon", *as_root, "-f", f"{folder}/avahi.conf")
            until(lambda: b"startup complete" in (folder / "log").read_bytes())
        self._run(
            "ippeveprinter", "-p", str(self._printer_port), "-r", "off", "-n", "localhost",
            "-a", str(HERE / "laser.conf"), "-d", f"{folder}/printer", "-c", f"{folder}/lay-down",
            "Laser",
        )  # fmt: skip
        until(lambda: _answers(self._printer_port))
        self.begin()
        self.add("Laser", "-m", "everywhere")
        until(lambda: b'"Laser" is now available' in (folder / "error").read_bytes())
        self._rest()
        self.begin()

    def stop(self) -> None:
        self.kill()
        for child in reversed(self._children):
            child.kill()
            child.wait()

    def begin(self) -> None:
        """Start the spooler unless it runs, anew after `kill`."""
        if self._cupsd is not None:
            return
        conf = self.folder / "conf"
        self._cupsd = self._popen(
            "cupsd", "-f", "-c", f"{conf}/cupsd.conf", "-s", f"{conf}/files.conf"
        )
        until(lambda: _answers(self.port))

    def kill(self) -> None:
        """The spooler, as a power cut would; its backends with it."""
        if self._cupsd is not None:
            for pid in _session(self._cupsd.pid):
                os.kill(pid, signal.SIGKILL)
            self._cupsd.wait()
            self._cupsd = None
            until(lambda: not _answers(self.port))  # a child it was just forking has the port too

    def _rest(self) -> None:
        """End the spooler in peace: else it forgets a queue younger than half a minute."""
        assert self._cupsd
        self._cupsd.terminate()
        self._cupsd.wait()
        self._cupsd = None

    # --- the queue --------------------------------------------------------------------------------

    def add(self, name: str, *model: str) -> None:
        """A queue before the one printer.

        The model “everywhere” is asked for on a thread of CUPS 2.4, after `lpadmin` has ended. Whoever
        uses the queue before “is now available” stands in the log can crash the whole of CUPS.
        """
        uri = f"ipp://localhost:{self._printer_port}/ipp/print"
        self.admin("lpadmin", "-p", name, "-E", "-v", uri, *model)

    def admin(self, program: str, *words: str) -> None:
        """Run one of CUPS' own programs."""
        command = [_found(program), "-h", f"127.0.0.1:{self.port}", *words]
        subprocess.run(command, check=True, capture_output=True)

    def end_of(self, job: JobId) -> JobState:
        """What a job comes to."""
        ends = (PrintState.DONE, PrintState.FAILED, PrintState.UNKNOWN)
        return self.until_state(job, lambda told: told.state in ends)

    def until_state(self, job: JobId, is_so: Callable[[JobState], bool]) -> JobState:
        told = [self.cups.job_state(job)]

        def look() -> bool:
            told.append(self.cups.job_state(job))
            return is_so(told[-1])

        until(look)
        return told[-1]

    def papers(self) -> list[str]:
        """The words of every paper that came out."""
        return [_words(path.read_bytes()) for path in sorted(self.tray.iterdir())]

    # --- inside -----------------------------------------------------------------------------------

    def _run(self, program: str, *words: str) -> None:
        self._children.append(self._popen(program, *words))

    def _popen(self, program: str, *words: str) -> "subprocess.Popen[bytes]":
        bus = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/bus"}
        own = bus if os.geteuid() == 0 else {}  # another user's bus has its Avahi already
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*_WITH_US, _found(program), *words],
                stdout=log, stderr=log, env={**os.environ, **own}, start_new_session=True,
            )  # fmt: skip


def until(is_so: Callable[[], bool]) -> None:
    """Wait for it; another program can only be looked at again and again."""
    for _ in range(TRIES):
        if is_so():
            return
        select.select([], [], [], 0.01)
    raise AssertionError("it never came")


def _session(leader: int) -> list[int]:
    """The processes of a session, its leader first."""
    found = [leader]
    for pid in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
        with suppress(ProcessLookupError):
            if pid != leader and os.getsid(pid) == leader:
                found.append(pid)
    return found


def _answers(port: int) -> bool:
    with socket.socket() as line:
        is_taken = line.connect_ex(("127.0.0.1", port)) == 0
        return is_taken and line.getsockname() != line.getpeername()  # by somebody else than itself


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as there:
        port: int = there.getsockname()[1]
    return port


def _found(program: str) -> str:
    return shutil.which(program, path=PATH) or program


@cache
def _words(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
