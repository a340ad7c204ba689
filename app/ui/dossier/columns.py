"""How a dossier stands in a list: its code, who and what for, its appointment, what is left, who has it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.desk.looking.lookup import LONG, Away, BoardLine
from app.models.deadlines.lateness import Lateness, overdue
from app.models.dossiers.lifecycle import OPEN, Clock, Status, clock, label
from app.models.text import sort_key
from app.store.reading.dossiers import DossierRow
from app.store.reading.listing import By
from app.ui.look.theme import Tone
from app.ui.widgets.rows import Row
from app.ui.widgets.tables import Cell, Column

SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
CODE_WIDTH, DUE_WIDTH, LEFT_WIDTH, WHERE_WIDTH, SINCE_WIDTH = 128, 150, 204, 212, 96
MOMENT_WIDTH = 164
NARROW_WHERE, NARROW_MOMENT = 152, 116
"""At the largest letters; hour and day then stand in two lines."""

WAITS_FOR_CITIZEN = (Status.RESOLVED, Status.WAITING_SUPPLEMENT)
LONGEST_IN_LIST = 76  # characters; three lines of the narrowest column

Now = Callable[[], datetime]


def short_code(code: str) -> str:
    """ "261116-0012": a code without its unit, which is the same all day; a provisional one as it is."""
    return "-".join(code.split("-")[-2:])


def procedure_words(name: str) -> str:
    """A procedure's name without the word every other one begins with."""
    bare = name.removeprefix("Thủ tục ")
    return bare[:1].upper() + bare[1:]


def short_procedure(name: str) -> str:
    """A procedure's name as far as a list has room, ended at a comma or else between two words."""
    words = procedure_words(name)
    if len(words) <= LONGEST_IN_LIST:
        return words
    head = words[:LONGEST_IN_LIST]
    end = max(head.rfind(mark) for mark in (",", ";", " ("))
    if end < LONGEST_IN_LIST // 2:
        end = head.rfind(" ")
    return head[:end].rstrip(" ,;(") + " …"


def procedure_cell(name: str) -> Cell:
    """Short in the list, whole on pointing at it; the dossier's page has it whole too."""
    short = short_procedure(name)
    return Cell(short, whole=name if short.endswith("…") else "")


def spoken_due(due: datetime, now: datetime) -> str:
    """ "16:30 hôm nay", "16:30 T5 19/11"; the year only when it is another one."""
    if due.date() == now.date():
        return f"{due:%H:%M} hôm nay"
    year = f"/{due.year}" if due.year != now.year else ""
    return f"{due:%H:%M} {SHORT_WEEKDAYS[due.weekday()]} {due:%d/%m}{year}"


def spoken_since(since: datetime, now: datetime) -> str:
    """ "14:05" today, else "20/11"."""
    if since.date() == now.date():
        return f"{since:%H:%M}"
    return f"{since:%d/%m}" if since.year == now.year else f"{since:%d/%m/%Y}"


def standing(status: Status, left: Lateness, first_due: datetime, now: datetime) -> Cell:
    """What is left of the time, or what it waits for, in words, colour and icon."""
    match status:
        case Status.WAITING_SUPPLEMENT if left.late:  # when it was asked for
            return Cell(f"Chờ bổ sung, {overdue(left)}", Tone.LATE, "hourglass", strong=True)
        case Status.WAITING_SUPPLEMENT:
            return Cell("Chờ bổ sung", Tone.QUIET, "hourglass")
        case Status.WAITING_PAYMENT if not left.late:  # else the unit lets the clock run
            return Cell("Chờ nộp tiền", Tone.QUIET, "hourglass")
        case Status.RESOLVED:
            return Cell("Chờ trả kết quả", Tone.DONE, "package-check", strong=True)
        case _ if clock(status) is Clock.CLOSED:
            return Cell("Đã khép lại", Tone.QUIET, "circle-check")
        case _ if left.late:
            return Cell(left.text(), Tone.LATE, "triangle-alert", strong=True)
        case _ if first_due.date() == now.date():
            return Cell(left.text(), Tone.TODAY, "clock", strong=True)
        case _:
            return Cell(left.text(), Tone.QUIET, "circle")


def haste(wished: datetime | None, now: datetime) -> str:
    """ "Cần sớm", "Cần trước 15:00 hôm nay"."""
    return f"Cần trước {spoken_due(wished, now)}" if wished else "Cần sớm"


def left_cell(line: BoardLine, now: datetime) -> Cell:
    """What is left for a line of a list; what is wanted early says so first."""
    cell = _left_cell(line, now)
    if not line.row.urgent:
        return cell
    words = f"{haste(line.row.wished, now)}; {_within(cell.text)}"
    tone = cell.tone if cell.tone is Tone.LATE else Tone.TODAY
    return Cell(words, tone, "chevrons-up", strong=True)


def _left_cell(line: BoardLine, now: datetime) -> Cell:
    """How it stands; from the day an apology would still be in time, it says so."""
    waits = _waits_long(line, now)
    if waits:
        return Cell(waits, Tone.TODAY, "phone-call")
    cell = standing(line.row.status, line.left, line.row.first_due, now)
    if line.runs and line.left.late and now < line.row.due:  # the date beside it is a later promise
        return replace(cell, text=f"{cell.text}, đã hẹn lại")
    if line.apology_missed:
        return Cell(f"{cell.text}, đã qua hạn xin lỗi", Tone.TODAY, "mail-warning")
    if not line.apologise_today:
        return cell
    return Cell(f"{cell.text}, hạn xin lỗi hôm nay", Tone.TODAY, "mail-warning")


def due_cell(line: BoardLine, now: datetime) -> Cell:
    """The appointment now in force, in the colour of how it stands."""
    words = spoken_due(line.row.due, now)
    if not line.runs:
        return Cell(words, Tone.QUIET)
    if line.left.late:
        return Cell(words, Tone.LATE, strong=True)
    is_today = line.row.due.date() == now.date()
    return Cell(words, Tone.TODAY if is_today else Tone.PLAIN, strong=is_today)


def _waits_long(line: BoardLine, now: datetime) -> str:
    """For how long the citizen is waited for, once it is time to ask after them; "" before."""
    row = line.row
    since = row.resolved_at if row.status is Status.RESOLVED else row.holder_since
    if since is None or now - since < LONG:
        return ""
    days = (now - since).days
    match row.status:
        case Status.RESOLVED:
            return f"Chưa đến lấy, {days} ngày"
        case Status.WAITING_SUPPLEMENT:
            return f"Chờ bổ sung, {days} ngày"
        case _:
            return ""


def spoken_phone(phone: str) -> str:
    """ "0912 345 678": in groups, as one reads it out."""
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}" if len(phone) == 10 else phone


def agency_limit(agency: Away, now: datetime) -> str:
    """ "hạn 16:30 T5 26/11", and by how much that is over; when it answered; "" where neither is known."""
    if agency.answered:
        return f"đã trả lời {agency.answered:%H:%M %d/%m}"
    if agency.part.due is None or agency.left is None:
        return ""
    over = f", {_within(agency.left.text())}" if agency.left.late else ""
    return f"hạn {spoken_due(agency.part.due, now)}{over}"


def _away_cell(line: BoardLine, since: str, now: datetime) -> Cell:
    """Which other agency has it; that it keeps it too long is said and seen."""
    due, left = line.row.away_due, line.away_left
    if due is None or left is None:
        return Cell(f"{line.holder} · {since}", icon="building-2")
    if left.late:
        over = f"{line.holder} · {since}, cơ quan {_within(left.text())}"
        return Cell(over, Tone.LATE, "building-2")
    return Cell(f"{line.holder} · {since}, hạn {spoken_due(due, now)}", icon="building-2")


def where_cell(line: BoardLine, now: datetime) -> Cell:
    """Who has it, since when; of whom the citizen is waited for, their telephone and its shelf."""
    since = spoken_since(line.row.holder_since, now)
    if line.row.away:
        return _away_cell(line, since, now)
    if line.row.status in WAITS_FOR_CITIZEN and (line.row.phone or line.shelf):
        is_here = line.row.status is Status.RESOLVED and line.shelf
        told = (spoken_phone(line.row.phone), line.shelf if is_here else since)
        return Cell(" · ".join(filter(None, told)))
    return Cell(f"{line.holder} · {since}")


def status_cell(line: BoardLine, now: datetime) -> Cell:
    """The national status; of what is closed in quiet ink, with the day it was returned."""
    said, row = label(line.row.status), line.row
    if row.returned_at is not None:
        return Cell(f"{said} {spoken_since(row.returned_at, now)}", Tone.QUIET)
    return Cell(said, Tone.PLAIN if row.status in OPEN else Tone.QUIET)


def who_words(line: BoardLine) -> str:
    """Who filed it, and for whom when that is somebody else."""
    principal = line.row.principal
    return f"{line.row.applicant}, thay {principal}" if principal else line.row.applicant


Order = Callable[[BoardLine], Any] | str
IN_PAGES: dict[By, Order] = {by: by.value for by in By}
"""Sorted by the desk, over the whole of a list."""
AT_HAND: dict[By, Order] = {
    By.CODE: lambda line: (len(line.row.code), line.row.code),
    By.APPLICANT: lambda line: sort_key(line.row.applicant),
    By.PROCEDURE: lambda line: sort_key(procedure_words(line.row.procedure_name)),
    By.DUE: lambda line: line.row.due,
}
"""Sorted where all of a list is at hand."""


def code_column(
    code: Callable[[Row], str], order: Callable[[Row], Any] | str | None = None
) -> Column[Row]:
    """A dossier's code, as far as one reads it."""
    return Column(
        "Mã hồ sơ", lambda row: Cell(short_code(code(row))), CODE_WIDTH, figures=True, order=order
    )


def name_column(title: str, name: Callable[[Row], str]) -> Column[Row]:
    """Somebody's name, sorted as a Vietnamese dictionary does."""
    return Column(
        title, lambda row: Cell(name(row)), share=2, order=lambda row: sort_key(name(row))
    )


def _identity_columns(orders: Mapping[By, Order]) -> list[Column[BoardLine]]:
    return [
        code_column(lambda line: line.row.code, orders[By.CODE]),
        Column(
            "Người nộp", lambda line: Cell(who_words(line)), share=2, order=orders[By.APPLICANT]
        ),
        Column(
            "Thủ tục", lambda line: procedure_cell(line.row.procedure_name), share=3,
            order=orders[By.PROCEDURE],
        ),
    ]  # fmt: skip


def _time_columns(now: Now, orders: Mapping[By, Order]) -> list[Column[BoardLine]]:
    return [
        Column(
            "Hẹn trả", lambda line: due_cell(line, now()), DUE_WIDTH, figures=True,
            order=orders[By.DUE],
        ),
        Column("Còn lại", lambda line: left_cell(line, now()), LEFT_WIDTH),
    ]  # fmt: skip


def board_columns(now: Now) -> list[Column[BoardLine]]:
    """The columns of what is open."""
    where = Column[BoardLine](
        "Đang ở, từ lúc", lambda line: where_cell(line, now()), WHERE_WIDTH,
        order=IN_PAGES[By.HOLDER], narrow=NARROW_WHERE,
    )  # fmt: skip
    return [*_identity_columns(IN_PAGES), *_time_columns(now, IN_PAGES), where]


def found_columns(now: Now) -> list[Column[BoardLine]]:
    """The columns of what was found, open or closed."""
    status = Column[BoardLine](
        "Tình trạng", lambda line: status_cell(line, now()), WHERE_WIDTH, narrow=NARROW_WHERE
    )
    return [*_identity_columns(AT_HAND), *_time_columns(now, AT_HAND), status]


def ready_columns(now: Now) -> list[Column[BoardLine]]:
    """The columns of what waits to be returned."""
    since = Column[BoardLine](
        "Xong từ",
        lambda line: Cell(spoken_since(line.row.resolved_at or line.row.holder_since, now())),
        SINCE_WIDTH,
        figures=True,
        order=IN_PAGES[By.RESOLVED],
    )
    return [*_identity_columns(IN_PAGES), since]


def moment_cell(at: datetime | None) -> Cell:
    """Hour and day with its year; blank of none."""
    return Cell(f"{at:%H:%M %d/%m/%Y}" if at else "", Tone.PLAIN)


def _moment(title: str, at: Callable[[DossierRow], datetime]) -> Column[DossierRow]:
    return Column(
        title, lambda row: moment_cell(at(row)), MOMENT_WIDTH,
        figures=True, order=at, narrow=NARROW_MOMENT,
    )  # fmt: skip


REGISTERED: list[Column[DossierRow]] = [
    code_column(lambda row: row.code, lambda row: row.code),
    Column(
        "Thủ tục",
        lambda row: procedure_cell(row.procedure_name),
        share=3,
        order=lambda row: sort_key(procedure_words(row.procedure_name)),
    ),
    name_column("Người nộp", lambda row: row.applicant),
    _moment("Nhận", lambda row: row.received_at),
    _moment("Hẹn trả", lambda row: row.due),
]
"""Of dossiers as they were received, whatever became of them."""


def _within(words: str) -> str:
    """As they go on in the middle of a sentence."""
    return words[:1].lower() + words[1:]
