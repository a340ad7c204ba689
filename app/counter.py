"""Opens a counter: places on disk, officer and password in, a desk out.

Window and command line share this composition root. Heavy libraries are imported by the function
that first needs them, so that neither waits for what it may never use.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app import clock
from app.desk.desk import Desk
from app.lock_out import LockOut
from app.models.errors import BadInput, Refused
from app.models.unit.founding import checked_number, checked_unit
from app.models.unit.officer import Officer
from app.models.unit.recovery_code import RANDOM_BYTES, RecoveryCode
from app.printing.card import Card
from app.printing.sheet import Reached, Sheet, unheard
from app.settings import Places
from app.store.backup import key_ring_in
from app.store.checks.finding import Finding
from app.store.database.telling import Tell, quiet
from app.store.practice import word_of
from app.store.restore import Continued, Restored, restore
from app.store.store import Store, create

if TYPE_CHECKING:
    from app.credentials import KeyRing

DEMO_PASSWORD = "motcua-demo"  # noqa: S105  # no secret: it opens made-up dossiers only
FIRST_OFFICER = "phutrach"


@dataclass(frozen=True)
class Counter:
    """An open counter and who sits at it."""

    desk: Desk
    officer: Officer
    ring: Callable[[], "KeyRing"]
    """The ring of keys as it lies on the disk now: another process may have written it."""
    check: Callable[[str], object]
    """Raises `BadInput` unless this is the password of who sits here, `Refused` while they must wait."""
    admit: Callable[[str, str], None]
    """Let an officer, by login, open this counter with a password, at once. Raises `BadInput`."""
    keep_code: Callable[[RecoveryCode, datetime], None]
    """Have a recovery code, made then, open every backup from now on; the one before opens none."""


@dataclass(frozen=True)
class CodePaper:
    """A recovery code, when it was made, and its paper; no ring keeps it yet."""

    code: RecoveryCode
    made: datetime
    pdf: bytes


def render(
    form: str,
    values: dict[str, object],
    paper: str,
    mark: str,
    profile: str,
    unit: Path | None = None,
    across: str = "",
) -> bytes:
    """Draw a form; ReportLab is loaded by the first paper, not by the program's start.

    `across` stands over each page of what is no original, and beside its `mark`.
    """
    from app.printing.graphics import drawing
    from app.printing.paper import Paper
    from app.printing.papers import slip, ticket, trial_page, turn_slip

    with drawing.across(across):
        if form == trial_page.FORM:
            return trial_page.render_values(values, Paper[paper])
        if form == turn_slip.FORM:
            return turn_slip.render_values(values, across)
        if form == ticket.FORM:  # a roll is black or white: nothing pale stands across it
            head = _dashed(across, str(values["one_stop"]))
            return ticket.render({**values, "one_stop": head})
        mark = _dashed(across, mark)
        return slip.render(form, values, Paper[paper], mark=mark, profile=profile, unit=unit)


def _dashed(*words: str) -> str:
    return " – ".join(filter(None, words))


def draw(
    sheets: Sequence[Sheet] | Sequence[Card],
    kind: str,
    reached: Reached = unheard,
    unit: Path | None = None,
    across: str = "",
) -> bytes:
    """Draw sheets into one file, "pdf" or "xlsx"; each library is loaded by the first that needs it."""
    drawn = [sheet for sheet in sheets if isinstance(sheet, Sheet)]
    if kind == "xlsx" and drawn:
        from app.printing.papers import spreadsheet

        named = [replace(x, name=_dashed(across, x.name)) for x in drawn]
        return spreadsheet.write(named, reached, unit)
    from app.printing.graphics import drawing
    from app.printing.papers import cards
    from app.printing.papers.sheets import render as render_sheets

    with drawing.across(across):
        if not drawn:
            return cards.render([card for card in sheets if isinstance(card, Card)])
        return render_sheets(drawn, reached, unit)


def first_sheet(file: Path) -> Iterable[Iterable[object]]:
    """The rows of a workbook's first sheet, read by a library the first such file loads."""
    from app.printing import workbook

    return workbook.first_sheet(file)


def establish(
    places: Places,
    unit: str,
    number: int,
    password: str,
    *,
    login: str = FIRST_OFFICER,
    demo: bool = False,
) -> bytes:
    """Make an empty counter and let its first officer open it; the database key, once.

    Raises `BadInput`, and then nothing was made.
    """
    from app.credentials import KeyRing

    number, unit = checked_number(number), checked_unit(unit)
    refuse_taken(places)
    key = os.urandom(32)
    KeyRing.create(places.key_ring, demo=demo).add(login, password, key)
    create(places.database, key, unit, number)
    return key


def refuse_taken(places: Places) -> None:
    """Raise `BadInput` where a counter, or what is left of one, lies already."""
    if places.database.exists() or places.key_ring.exists():
        raise BadInput(f"Ở {places.data} đã có dữ liệu. Hãy chọn thư mục khác.", "data")


def first_code(places: Places, key: bytes, now: datetime) -> RecoveryCode:
    """The recovery code of a counter just made, whose key is known."""
    from app.credentials import KeyRing

    code = drawn_code()
    KeyRing.read(places.key_ring).renew_code(code, key, now)
    return code


def drawn_code() -> RecoveryCode:
    """A recovery code that nobody has."""
    return RecoveryCode.drawn(os.urandom(RANDOM_BYTES))


def code_paper(unit: str, number: int, now: datetime) -> CodePaper:
    """A new recovery code for counter `number` of `unit`, on the paper for the safe."""
    from app.printing.papers.recovery_paper import render as render_code

    code = drawn_code()
    return CodePaper(code, now, render_code(str(code), unit, number, now))


def desk_of(
    places: Places, key: bytes, now: Callable[[], datetime] = clock.now, tell: Tell = quiet
) -> Desk:
    """The desk of a counter whose key is known: one just made, where nobody can sign in yet."""
    store = Store(places.database, places.state, key, tell=tell)
    word = word_of(store)
    return Desk(
        store,
        now,
        partial(render, unit=places.forms, across=word),
        partial(draw, unit=places.forms, across=word),
        places.forms,
        first_sheet,
    )


def asks_password(places: Places) -> bool:
    """False on the demo commune, where one key signs in. Raises `Refused` when no counter is there."""
    from app.credentials import KeyRing

    return not KeyRing.read(places.key_ring).demo


def open_counter(
    places: Places,
    login: str = "",
    password: str = "",
    now: Callable[[], datetime] = clock.now,
    tell: Tell = quiet,
) -> Counter:
    """Open the counter as `login` (default: its first officer); raises `Refused` with the sentence,
    also while too many wrong passwords make that officer wait.

    `tell` hears how far the tables are when a new version of the program folds them anew.
    """
    from app.credentials import KeyRing

    kept, lock_out = partial(KeyRing.read, places.key_ring), LockOut(places)
    ring = kept()
    login = login or ring.officers[0]

    def opened(by: "KeyRing", password: str) -> bytes:
        with lock_out.trying(login, now()):
            return by.open(login, password)

    def admit(login: str, password: str) -> None:
        kept().add(login, password, key)
        lock_out.forget(login)

    key = opened(ring, password or (DEMO_PASSWORD if ring.demo else ""))
    desk = desk_of(places, key, now, tell)
    return Counter(
        desk, desk.officer(login), kept,
        check=lambda password: opened(kept(), password), admit=admit,
        keep_code=lambda code, made: kept().renew_code(code, key, made),
    )  # fmt: skip


def restore_counter(
    places: Places,
    backup: Path | Continued,
    login: str,
    password: str,
    now: datetime,
    code: RecoveryCode | None = None,
) -> Restored:
    """Put a backup in the place of the counter's data; an officer of the backup opens it.

    With a recovery code any backup of the counter opens on any machine, and `password` is what the
    officer will open it with here. What is replaced is set aside, and what it holds beyond the
    backup taken over, where the same officer and password, or the same code, open it. Raises
    `Refused`, and then nothing was replaced.
    """
    from app.credentials import KeyRing

    whole = backup if isinstance(backup, Continued) else Continued(backup)
    ring = KeyRing.parse(key_ring_in(whole.backup), places.key_ring)
    login = login or ring.officers[0]
    password = password or (DEMO_PASSWORD if ring.demo else "")

    def opened(by: "KeyRing") -> bytes:
        return by.recover(code) if code else by.open(login, password)

    replaced, lock_out = None, LockOut(places)
    with nullcontext() if code else lock_out.trying(login, now):
        with suppress(Refused):
            replaced = opened(KeyRing.read(places.key_ring))
        key = opened(ring)
    moved = ring.moved(login, password, key) if code else None
    if moved:
        whole = replace(whole, ring=moved)
    done = restore(whole, places.database, places.state, key, now, replaced_key=replaced)
    if moved is None:
        return done
    lock_out.forget(login)
    others = ", ".join(other for other in ring.officers if other != login)
    sentence = (
        f"Ở máy này mới có {login} đăng nhập được. Hãy đặt mật khẩu cho {others}: "
        "F12 “Đổi mật khẩu; cán bộ”, hoặc “motcua officer password TÊN_ĐĂNG_NHẬP”."
    )
    return replace(done, findings=(*done.findings, Finding(False, sentence))) if others else done
