"""Plays a counter's day in the real window, by keys alone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from app.counter import Counter, open_counter
from app.desk.desk import Desk
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed, Status
from app.settings import Places
from tests.journeys.screen import GLANCE, PATIENCE, Screen, until

ASKING = 5.0  # seconds a window that asks nothing takes to end
MOTCUA = str(Path(sys.executable).with_name("motcua"))


class Citizen(NamedTuple):
    """Who comes, with what; `typed` is how the officer finds the procedure."""

    name: str
    number: str
    procedure: str
    typed: str


TRANG = Citizen(
    "Nguyễn Hoàng Thị Phương Quỳnh Trang", "000187012345", "1.004873", "tinh trang hon nhan"
)
NGHIA = Citizen("Đặng Hữu Nghĩa", "000071043210", "1.004222", "1.004222")
LONG = Citizen("Trần Nguyễn Đặng Hoàng Thiên Bảo Long", "000085054321", "1.001193", "1.001193")
CARD = f"{LONG.number}|112233445|{LONG.name}|03021985|Nam|Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội|05062021"
BY_COMMAND = {
    "procedure": "1.001022",
    "applicant": {"name": "Lý A Sử", "id_number": "000090000118"},
}


class Day(NamedTuple):
    """What came of the day."""

    codes: dict[str, str]
    """Citizen's number → code."""
    slips: list[Path]
    """In the order they were printed."""
    handed_over: list[str]
    """The codes that stood on the board, handed over together."""
    found_by_command: list[str]
    received_by_command: str
    second_ended: int
    """Exit status of a second window on the same data."""
    ended: int
    complaints: str
    """What Qt and Python said meanwhile."""


class Command:
    """The command line beside the window, on the same data."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.environment = {**os.environ, "MOTCUA_STATE": str(places.state)}

    def __call__(self, *words: str, stdin: str = "") -> list[dict[str, Any]]:
        command = [MOTCUA, *words, "--data", str(self._places.data), "--json"]
        told = subprocess.run(
            command, input=stdin, capture_output=True, encoding="utf-8", check=False,
            env=self.environment,
        )  # fmt: skip
        assert (told.returncode, told.stderr) == (0, "")
        return [json.loads(line) for line in told.stdout.splitlines()]


class CounterWindow:
    """`motcua open`, a process of its own; what it does is seen in its title and on the desk."""

    def __init__(self, screen: Screen, places: Places) -> None:
        self.screen = screen
        self._command = [MOTCUA, "open", "--data", str(places.data)]
        state = {"MOTCUA_STATE": str(places.state), "QT_QPA_PLATFORM": "xcb"}
        self._environment = {**screen.environment, **state}
        self._complaints = places.state / "window.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start it, and sign in by one key."""
        self.start()
        self.sees("Một Cửa")
        self.screen.press("Return")
        self.sees("Tiếp nhận")

    def start(self) -> None:
        """No more than that."""
        self._complaints.parent.mkdir(parents=True, exist_ok=True)
        with self._complaints.open("ab") as complaints:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stderr=complaints
            )

    def open_another(self) -> int:
        """The exit status of a second one, once it has ended."""
        second = subprocess.run(self._command, env=self._environment, check=False, timeout=PATIENCE)
        return second.returncode

    def sees(self, words: str) -> None:
        """Wait until the title of the window in front begins with `words`, or has them as a part."""
        self.until(lambda: words in self.screen.title().split(" — "), f"the title {words!r}")

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something that only a running window brings about."""
        until(holds, what, self._still_runs)

    def kill(self) -> None:
        """As when the power goes."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def close(self) -> int:
        """Close it by its keys, the second for what it may ask before; its exit status."""
        assert self._process is not None
        self.screen.press("alt+F4")
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(ASKING)
        self.screen.press("Return")
        return self._process.wait(PATIENCE)

    @property
    def complaints(self) -> str:
        """Whatever Qt or Python said of it."""
        return self._complaints.read_text(encoding="utf-8")

    def _still_runs(self) -> None:
        assert self._process is not None
        try:
            status = self._process.wait(GLANCE)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(f"the window ended with {status}: {self.complaints}")


class Player:
    """The officer at the keyboard."""

    def __init__(self, window: CounterWindow, places: Places, folder: Path) -> None:
        self._window, self._screen = window, window.screen
        self._command = Command(places)
        self._folder = folder
        self._counter: Counter = open_counter(places)
        self._codes: dict[str, str] = {}

    @property
    def _desk(self) -> Desk:
        return self._counter.desk

    def play(self) -> Day:
        """From signing in to closing the window."""
        self._window.open()
        self._first_citizen()
        self._power_goes_while_the_second_is_typed()
        self._third_by_card()
        found = [str(line["code"]) for line in self._command("find", "quynh trang")]
        (told,) = self._command("receive", "-", stdin=json.dumps(BY_COMMAND))
        handed_over = self._hand_over_all()
        self._resolve(TRANG)
        self._return(TRANG)
        self._send()
        second = self._open_twice()
        slips = sorted(self._folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime)
        ended = self._window.close()
        self._desk.store.close()
        return Day(
            self._codes, slips, handed_over, found, str(told["code"]), second, ended,
            self._window.complaints,
        )  # fmt: skip

    # --- receiving ------------------------------------------------------------------------------

    def _first_citizen(self) -> None:
        """Found by letters without marks; the first slip asks where slips go."""
        self._choose(TRANG)
        self._type_in(TRANG.name, TRANG.number, "12041987")
        self._screen.press("F9")
        self._window.sees("Xem trước giấy tiếp nhận và hẹn trả")
        self._screen.press("ctrl+s")
        self._type_in(str(self._folder))
        self._printed(1)
        self._received(TRANG)
        self._window.sees("Tiếp nhận")

    def _power_goes_while_the_second_is_typed(self) -> None:
        """Found by code. What was typed comes back, and is saved without typing it again."""
        self._choose(NGHIA)
        self._type_in(NGHIA.name, NGHIA.number)
        self._window.until(self._is_kept, "the form to be kept")
        self._window.kill()
        self._window.open()
        self._window.sees(NGHIA.procedure)
        self._screen.press("F9")
        self._printed(2)
        self._received(NGHIA)
        self._window.sees("Tiếp nhận")

    def _third_by_card(self) -> None:
        """Same-day; a card is scanned while the cursor is in a field."""
        self._choose(LONG)
        self._screen.scan(CARD)
        self._screen.press("F9")
        self._received(LONG)

    def _choose(self, citizen: Citizen) -> None:
        self._type_in(citizen.typed)
        self._window.sees(citizen.procedure)
        self._screen.press("alt+a")  # all its papers are there; on to the person

    def _type_in(self, *fields: str) -> None:
        for text in fields:
            self._screen.type(text)
            self._screen.press("Return")

    def _is_kept(self) -> bool:
        kept = self._desk.intake.kept(self._counter.officer)
        return kept is not None and (kept.name, kept.id_number) == (NGHIA.name, NGHIA.number)

    def _printed(self, slips: int) -> None:
        self._window.until(lambda: len(list(self._folder.glob("*.pdf"))) == slips, "the slip")

    def _received(self, citizen: Citizen) -> None:
        self._window.until(lambda: bool(self._desk.lookup.find(citizen.number)), citizen.name)
        self._codes[citizen.number] = self._desk.lookup.find(citizen.number)[0].row.code

    # --- the dossiers' way ----------------------------------------------------------------------

    def _hand_over_all(self) -> list[str]:
        """All that has not been handed over, marked together."""
        self._screen.press("F3")
        self._sees_board("all")
        self._screen.press("ctrl+5")
        lines = self._sees_board("not_handed_over")
        self._screen.press("ctrl+a", "ctrl+b", "Down", "Return")
        self._window.until(
            lambda: not self._desk.lookup.board("not_handed_over").lines, "the hand-over"
        )
        return lines

    def _sees_board(self, only: str) -> list[str]:
        self._window.sees("Việc hôm nay")
        lines = self._desk.lookup.board(only).lines
        self._window.sees(f"{len(lines)} hồ sơ")
        return [line.row.code for line in lines]

    def _resolve(self, citizen: Citizen) -> None:
        """Found by its number and opened by Enter, accepted; later scanned, signed and resolved."""
        self._screen.press("ctrl+k")
        self._type_in(citizen.number)
        self._window.sees(self._codes[citizen.number])
        self._do_as("F9", citizen, Status.PROCESSING)
        self._scan_anew(citizen)
        self._screen.press("F9")
        self._window.until(lambda: self._dossier(citizen).last_deed is Deed.SIGN, "the signature")
        self._scan_anew(citizen)
        self._do_as("F9", citizen, Status.RESOLVED)

    def _scan_anew(self, citizen: Citizen) -> None:
        self._screen.press("F3")
        self._window.sees("Việc hôm nay")
        self._scan_slip(citizen)

    def _return(self, citizen: Citizen) -> None:
        self._screen.press("F4")
        self._window.sees("Trả kết quả")
        self._scan_slip(citizen)
        self._do_as("F9", citizen, Status.RETURNED)

    def _scan_slip(self, citizen: Citizen) -> None:
        self._screen.scan(self._codes[citizen.number])
        self._window.sees(self._codes[citizen.number])

    def _do_as(self, key: str, citizen: Citizen, status: Status) -> None:
        self._screen.press(key)
        self._window.until(lambda: self._dossier(citizen).status is status, status)

    def _dossier(self, citizen: Citizen) -> Dossier:
        name = self._desk.lookup.named(self._codes[citizen.number])
        dossier = self._desk.lookup.dossier(name).dossier
        assert dossier is not None
        return dossier

    # --- the evening ----------------------------------------------------------------------------

    def _send(self) -> None:
        self._screen.press("F8")
        self._window.sees("Đồng bộ")
        self._screen.press("F9")
        self._window.until(lambda: self._desk.store.pending("server")[0] == 0, "the exchange")

    def _open_twice(self) -> int:
        """A second window ends at once, and the first comes forward though it was minimised."""
        self._screen.minimise()
        self._window.until(lambda: not self._screen.title(), "the window to be out of sight")
        status = self._window.open_another()
        self._window.sees("Đồng bộ")
        return status
