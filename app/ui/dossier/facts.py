"""The facts of one dossier, as lines of a label and what it says."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.looking.lookup import Away
from app.desk.papers.facts import fee_words
from app.models.citizens.applicant import Applicant, Identity, IdKind, Principal, show_born
from app.models.deadlines.appointment import lines
from app.models.dossiers import checklist
from app.models.dossiers.dossier import Dossier
from app.models.events.event import Received
from app.models.events.facts import Document, Serial
from app.ui.dossier.columns import agency_limit
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.parts import Words, WrappingLabel

LABEL_WIDTH = 112
CHANNELS = {"counter": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính"}
ID_LABELS = {
    IdKind.CITIZEN: "Số định danh",
    IdKind.PASSPORT: "Hộ chiếu",
    IdKind.OLD: "CMND cũ",
    IdKind.TAX: "Mã số thuế",
    IdKind.NONE: "Số định danh",
}
UNKNOWN_FEE = "chưa biết mức"


class Fact(NamedTuple):
    """One line; a fact without words is left out."""

    label: str
    words: str


class Chapter(NamedTuple):
    """Facts that belong together."""

    title: str
    facts: tuple[Fact, ...]


def chapters(dossier: Dossier, away: Iterable[Fact] = ()) -> tuple[Chapter, ...]:
    """Everything known of a dossier, most asked for first; what isn't known is left out.

    `away` is what other agencies that have it were asked for.
    """
    every = (
        Chapter("Ở cơ quan khác", tuple(away)),
        Chapter("Chủ hồ sơ", tuple(_applicant(dossier.applicant))),
        Chapter("Người ủy quyền", tuple(_principal(dossier.principal))),
        Chapter("Giấy tờ đã nộp", tuple(_papers(dossier))),
        Chapter("Hồ sơ", tuple(_file(dossier))),
        Chapter("Hẹn trả", tuple(_promises(dossier))),
    )
    known = (Chapter(title, tuple(fact for fact in facts if fact.words)) for title, facts in every)
    return tuple(chapter for chapter in known if chapter.facts)


def asked_of(agency: Away, now: datetime) -> Fact:
    """Another agency's work and its own limit."""
    limit = agency.part.limit.phrase if agency.part.limit else ""
    said = " · ".join(filter(None, (agency.work, limit, agency_limit(agency, now))))
    return Fact(agency.part.agency, said or "chưa nêu công việc, thời hạn")


def _applicant(applicant: Applicant | None) -> Iterator[Fact]:
    if applicant is None:
        yield Fact("", "Thông tin cá nhân đã được xóa theo quy định.")
        return
    yield Fact("Họ và tên" if applicant.kind == "person" else "Tổ chức", applicant.name)
    yield _identity(applicant.identity)
    yield Fact("Ngày sinh", show_born(applicant.born))
    yield Fact("Nơi cư trú", applicant.address)
    yield Fact("Điện thoại", applicant.phone)
    yield Fact("Thư điện tử", applicant.email)


def _principal(principal: Principal | None) -> Iterator[Fact]:
    if principal is not None:
        yield Fact("Họ và tên", principal.name)
        yield _identity(principal.identity)
        yield Fact("Nơi cư trú", principal.address)
        yield Fact("Điện thoại", principal.phone)
        yield Fact("Thư điện tử", principal.email)
        yield Fact("Giấy ủy quyền", principal.authorisation)


def _identity(identity: Identity) -> Fact:
    none = f"không có: {identity.reason}" if identity.reason else ""
    return Fact(ID_LABELS[identity.kind], identity.number or none)


def _papers(dossier: Dossier) -> Iterator[Fact]:
    yield from map(_paper, checklist.lines(dossier))
    for scan in checklist.unplaced(dossier):
        yield Fact("bản quét", f"{scan.document} · {scan.pages} trang, chưa có dòng giấy tờ")


def _paper(line: checklist.Line) -> Fact:
    counts, name = paper_counts(line.document), line.document.name
    if line.state is checklist.DocumentState.SHOWN:
        return Fact(counts, name)
    pages = f", {line.pages} trang" if line.pages else ""
    return Fact(counts, f"{name} · {checklist.LABEL[line.state]}{pages}")


def paper_counts(document: Document) -> str:
    """ "1 chính, 2 sao", "đã xem"."""
    if document.shown:
        return "đã xem"
    counts = {"chính": document.originals, "chứng thực": document.certified, "sao": document.copies}
    return ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)


def _file(dossier: Dossier) -> Iterator[Fact]:
    received = dossier.received
    if dossier.request != dossier.procedure_name:
        yield Fact("Yêu cầu", dossier.request)
    yield Fact("Mã thủ tục", dossier.procedure)
    yield Fact("Trường hợp", dossier.case_name)
    yield Fact("Thời hạn", f"{dossier.limit.phrase} · {dossier.limit.article}")
    yield Fact("Lệ phí", fee_words(dossier.fee, dossier.collected) or UNKNOWN_FEE)
    yield Fact("Cần sớm", _urgency(dossier))
    yield Fact("Số chứng thực", certified_words(dossier.certified) if dossier.certified else "")
    yield Fact("Sổ theo dõi", _register_line(received))
    yield Fact("Số bộ", f"{received.sets} bộ")
    yield Fact("Hình thức", CHANNELS[received.channel])
    yield Fact("Mã hệ thống tỉnh", dossier.province.code if dossier.province else "")
    yield Fact("Nơi nhận", received.received_unit)
    yield Fact("Nơi giải quyết", received.resolving_agency)
    yield Fact("Nơi trả", received.return_place)
    yield Fact("Bưu chính trả cho", _recipient(dossier))


def certified_words(number: Serial) -> str:
    """ "SCT/BS · Quyển 1, số 15/2026"."""
    return f"{number.group} · Quyển {number.book}, số {number.number:02d}/{number.year}"


def _recipient(dossier: Dossier) -> str:
    who = dossier.recipient
    return " · ".join(filter(None, (who.name, who.phone, who.address))) if who else ""


def _urgency(dossier: Dossier) -> str:
    wanted = dossier.urgency
    if wanted is None:
        return ""
    by = f"trước {wanted.wished:%H:%M ngày %d/%m/%Y}: " if wanted.wished else ""
    return f"{by}{wanted.reason}"


def _register_line(received: Received) -> str:
    serial = received.serial
    return f"{serial.group} · Quyển {serial.book}, số {serial.number:02d}" if serial else ""


def _promises(dossier: Dossier) -> Iterator[Fact]:
    for number, promise in enumerate(dossier.promises, 1):
        again = f"Lần {number}" if len(dossier.promises) > 1 else "Hẹn"
        yield Fact(again, f"{promise.due:%H:%M} ngày {promise.due:%d/%m/%Y}")
    for line in lines(dossier.promises[-1].why):
        yield Fact("tính" if line.counted else "không tính", line.text)
    for warning in dossier.promises[-1].warnings:
        yield Fact("Lưu ý", warning)


class FactList(QWidget):
    """Chapters of facts: labels in quiet ink on the left, what they say beside them, whole."""

    def __init__(self, shown: tuple[Chapter, ...]) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.BETWEEN)
        grid.setVerticalSpacing(Space.TIGHT)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for chapter in shown:
            first = grid.rowCount()
            if first > 1:
                grid.setRowMinimumHeight(first, Space.PAGE + Space.PADDING)
            title = Words(chapter.title, weight=Weight.STRONG)
            grid.addWidget(title, first, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
            for number, fact in enumerate(chapter.facts, first + 1):
                label = WrappingLabel(fact.label, Type.SMALL, Tone.QUIET)
                label.setFixedWidth(LABEL_WIDTH)
                label.setContentsMargins(0, Measure.FOCUS, 0, 0)  # its letters are lower
                grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(WrappingLabel(fact.words), number, 1)
        self.setLayout(grid)
