"""Joins the papers of a dossier's checklist with the files made of them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.models.dossiers.dossier import Attachment, Dossier
from app.models.dossiers.fold import Folded
from app.models.events.event import Event
from app.models.events.facts import Document

BLANK = 0
"""The number of the receipt that was filled by hand, which is no paper of the checklist."""
_BLANK = Document("Giấy hẹn ghi tay", originals=1)


class DocumentState(StrEnum):
    """How far a paper is digitised; the first four are the flags 0–3 of the provinces' systems."""

    NOT_YET = "not_yet"
    DIGITISED = "digitised"
    REUSED = "reused"
    REUSED_RESULT = "reused_result"
    SHOWN = "shown"
    """Only shown, hence nothing to scan (TT 03/2025/TT-VPCP Đ.5.2)."""


LABEL: dict[DocumentState, str] = {
    DocumentState.NOT_YET: "chưa số hóa",
    DocumentState.DIGITISED: "được số hóa",
    DocumentState.REUSED: "tái sử dụng",
    DocumentState.REUSED_RESULT: "tái sử dụng từ kết quả hồ sơ khác",
    DocumentState.SHOWN: "chỉ xuất trình",
}


class Line(NamedTuple):
    """A paper of the checklist, by its number from 1, and its files in the order they came."""

    number: int
    document: Document
    attachments: tuple[Attachment, ...]

    @property
    def state(self) -> DocumentState:
        """By the last file; a paper scanned though only shown is digitised all the same."""
        if self.attachments:
            return DocumentState(self.attachments[-1].how)
        return DocumentState.SHOWN if self.document.shown else DocumentState.NOT_YET

    @property
    def pages(self) -> int:
        """Of all its files."""
        return sum(attachment.pages for attachment in self.attachments)

    @property
    def doubt(self) -> str:
        """A sentence when the pages are fewer than the papers on the receipt; else empty.

        As many scans as originals (TT 01/2023/TT-VPCP Đ.8.2); where none was handed in, as many as
        certified copies.
        """
        papers = self.document.originals or self.document.certified or self.document.copies
        if not self.attachments or self.pages >= papers:
            return ""
        return (
            f"Giấy tiếp nhận ghi {papers} bản nhưng bản số hóa chỉ có {self.pages} trang. "
            "Hãy quét nốt, hoặc sửa số bản."
        )


def lines(dossier: Dossier) -> tuple[Line, ...]:
    """The checklist, in order. A file goes by its paper's name; of several so named by the number."""
    papers = list(enumerate(dossier.documents, 1))
    found: dict[int, list[Attachment]] = {number: [] for number, _ in papers}
    for attachment in of_papers(dossier):
        if number := _line_of(attachment, papers):
            found[number].append(attachment)
    return tuple(Line(number, paper, tuple(found[number])) for number, paper in papers)


def blank_line(folded: Folded) -> Line | None:
    """The receipt filled by hand and keyed later, with the scans of it; None where there is none."""
    dossier = folded.dossier
    if dossier is None or keyed_later(folded, dossier) is None:
        return None
    found = (one for one in dossier.attachments if one.line == BLANK)
    return Line(BLANK, _BLANK, tuple(found))


def keyed_later(folded: Folded, dossier: Dossier) -> Event | None:
    """Its first event, if it was received by hand and keyed later; None otherwise.

    A blank has a provisional code of its own; what a counter without a lane receives has one too,
    but is keyed at once.
    """
    opening = next(each.event for each in folded.verdicts if each.event.name == dossier.name)
    is_coded = bool(dossier.received.provisional_code)
    return opening if is_coded and opening.at < opening.keyed_at else None


def of_papers(dossier: Dossier) -> Iterator[Attachment]:
    """The files made of the citizen's papers: all but the scans of a receipt filled by hand."""
    return (one for one in dossier.attachments if one.line != BLANK)


def unplaced(dossier: Dossier) -> Iterator[Attachment]:
    """The files whose paper a correction took off the checklist."""
    papers = list(enumerate(dossier.documents, 1))
    return (one for one in of_papers(dossier) if not _line_of(one, papers))


def _line_of(attachment: Attachment, papers: list[tuple[int, Document]]) -> int:
    named = [number for number, paper in papers if paper.name == attachment.document]
    if attachment.line in named:
        return attachment.line
    return named[0] if named else 0
