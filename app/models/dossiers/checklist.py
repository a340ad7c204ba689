"""Joins the papers of a dossier's checklist with the files made of them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.models.dossiers.dossier import Attachment, Dossier
from app.models.events.facts import Document


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
    for attachment in dossier.attachments:
        if number := _line_of(attachment, papers):
            found[number].append(attachment)
    return tuple(Line(number, paper, tuple(found[number])) for number, paper in papers)


def unplaced(dossier: Dossier) -> Iterator[Attachment]:
    """The files whose paper a correction took off the checklist."""
    papers = list(enumerate(dossier.documents, 1))
    return (one for one in dossier.attachments if not _line_of(one, papers))


def _line_of(attachment: Attachment, papers: list[tuple[int, Document]]) -> int:
    named = [number for number, paper in papers if paper.name == attachment.document]
    if attachment.line in named:
        return attachment.line
    return named[0] if named else 0
