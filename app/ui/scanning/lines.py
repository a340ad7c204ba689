"""What the scan panel's two lists say: the papers of the checklist, and the files that wait."""

from dataclasses import dataclass
from pathlib import Path

from app.desk.deeds.digitising import Paper
from app.models.dossiers.checklist import LABEL, DocumentState
from app.store.own.attachments import Whereabouts
from app.ui.look.theme import Tone
from app.ui.widgets.tables import Cell, Column

STATE_WIDTH = 140
SIZE_WIDTH = 84

PLACES: dict[Whereabouts, str] = {
    Whereabouts.BOTH: "Có ở máy này và máy chủ.",
    Whereabouts.HERE: "Mới có ở máy này, chưa lên máy chủ.",
    Whereabouts.THERE: "Có ở máy chủ; Enter tải về và xem.",
    Whereabouts.MISSING: "Không có ở máy này, máy chủ cũng chưa có. Quầy đã quét phải đồng bộ, "
    "hoặc quét lại.",
}


@dataclass(frozen=True)
class Waiting:
    """A file that waits to be tied to a paper: it came by the flatbed or the folder."""

    path: Path
    size: int


def state_cell(paper: Paper) -> Cell:
    """How far a paper is digitised; amber where something is wrong with it."""
    line = paper.line
    words = f"{line.pages} trang" if line.pages else LABEL[line.state]
    if Whereabouts.MISSING in paper.places:
        return Cell(f"{words}, thiếu tệp", Tone.LATE, "triangle-alert")
    if line.doubt:
        return Cell(f"{words}, thiếu trang", Tone.TODAY, "triangle-alert")
    match line.state:
        case DocumentState.NOT_YET:
            return Cell("chưa số hóa", Tone.QUIET, "circle")
        case DocumentState.SHOWN:
            return Cell("chỉ xuất trình", Tone.QUIET, "circle-minus")
        case DocumentState.DIGITISED:
            return Cell(words, Tone.DONE, "circle-check")
        case _:
            return Cell(f"tái sử dụng, {words}", Tone.DONE, "rotate-ccw")


def told(paper: Paper) -> str:
    """All there is to say of a paper, in sentences."""
    line = paper.line
    state = LABEL[line.state]
    pages = f", {line.pages} trang" if line.pages else ""
    place = PLACES[paper.places[-1]] if paper.places else ""
    first = f"{state[:1].upper()}{state[1:]}{pages}."
    return " ".join(filter(None, (first, place, line.doubt)))


def size_words(size: int) -> str:
    """ "1,4 MB", "320 kB"."""
    if size < 1_000_000:
        return f"{max(1, size // 1000)} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


PAPER_COLUMNS: list[Column[Paper]] = [
    Column("Giấy tờ", lambda paper: Cell(paper.line.document.name), share=1),
    Column("Số hóa", state_cell, STATE_WIDTH),
]
WAITING_COLUMNS: list[Column[Waiting]] = [
    Column("Tệp vừa quét", lambda file: Cell(file.path.name), share=1),
    Column("Cỡ", lambda file: Cell(size_words(file.size), Tone.QUIET), SIZE_WIDTH, figures=True),
]
