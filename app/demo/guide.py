"""Makes the officers' guide from the running program: what F1 says, with a picture of each page.

python -m app.demo.guide docs           the words and the pictures
python -m app.demo.guide docs --words   the words alone, where no page looks otherwise
"""

import os
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QImage

import resources
from app.clock import VIETNAM
from app.counter import open_counter
from app.demo import commune, pictures
from app.demo.beside import acquaint, serving
from app.demo.lives import DIRECTOR
from app.desk.desk import Desk
from app.models.text import fold
from app.models.unit.officer import Officer
from app.printing.graphics.raster import pictures as pages_of
from app.settings import Places
from app.sync.known import mend_address
from app.ui.frame.help_text import EVERYWHERE, Kind, Piece, read
from app.ui.papers.pages_window import image
from app.upstream import send

GUIDE, PICTURES = "huong-dan.md", "pictures"
SLIP = "phieu-hen.png"
AT = datetime(2026, 11, 23, 10, 5, tzinfo=VIETNAM)
"""When the pictures are taken, so that the same program gives the same ones."""

FIRST = ("first-run", "sign-in", "intake", "same-day", "board", "return", "dossier", "register")
HEAD = """# Hướng dẫn sử dụng

Cùng những lời trợ giúp của phím F1 trong chương trình, kèm hình từng trang. Tệp này do chương trình viết ra
(`python -m app.demo.guide docs`); muốn sửa thì sửa trong `resources/help`.
"""
ONLINE: list[dict[str, object]] = [
    {
        "MaHoSo": f"H26.15-{came[2:8]}-{number:04}", "MaTTHC": procedure, "ChuHoSo": name,
        "NgayNopHoSo": came,
    }
    for number, came, procedure, name in (
        (7, "20261120150000", "1.001022", "Nguyễn Thị Hồng Nhung"),
        (9, "20261120162000", "1.004884", "Đỗ Văn Khải"),
        (2, "20261123081500", "1.001193", "Lê Hoàng Phương Thảo"),
    )
]  # fmt: skip
"""What the list of the province's system brings, for the picture of that page."""
SERVER = "https://motcua.tinh.gov.vn"
END_OF_DAY = "Tổng hợp cuối ngày"
DAY_OFF = {
    "date": "2026-11-26", "kind": "local_off", "name": "Nghỉ phòng chống bão",
    "source": "CV của UBND xã", "confirmed": "yes",
}  # fmt: skip
"""A storm: the open dossiers whose days it takes have another date, which somebody must decide."""
SLIP_DPI, COLOURS = 110, 256


def names() -> list[str]:
    """The pages of help in the order an officer meets them; what holds everywhere comes last."""
    told = {file.stem for file in resources.path("help").glob("*.md")} - {EVERYWHERE}
    return [*FIRST, *sorted(told - set(FIRST)), EVERYWHERE]


def file_of(name: str, part: str = "") -> str:
    """The picture of a page, or of a part by its heading: "tiep-nhan.png", "mot-ho-so-dinh-chinh.png"."""
    words = re.findall(r"[a-z0-9]+", fold(f"{read(name)[0].text} {part}"))
    return f"{'-'.join(words)}.png"


def text(docs: Path) -> str:
    """The guide; pages whose picture lies in `docs` show it."""
    return "\n".join((HEAD, *(_chapter(name, docs) for name in names())))


def write(docs: Path) -> None:
    """Write the words, for the pictures that lie there."""
    (docs / GUIDE).write_text(text(docs), encoding="utf-8")


def draw(docs: Path) -> None:
    """Make a commune and take its pictures; the commune is forgotten."""
    folder = docs / PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        places = Places(Path(temporary) / "data", Path(temporary) / "state")
        commune.make(places, AT)
        desk = open_counter(places, now=lambda: AT).desk
        try:
            officer = desk.officer(DIRECTOR)
            _prepare(desk, officer)
            _exchange(desk, officer, Path(temporary) / "server")
            for view in pictures.views(places, desk, officer):
                _save(view.picture, folder / file_of(view.name, view.part))
                if view.part:  # the pages before show an ordinary day
                    desk.office.import_holidays([DAY_OFF], by=officer.login)
            _save(_slip(desk), folder / SLIP)
            _save(_end_of_day(desk), folder / file_of("register", END_OF_DAY))
        finally:
            desk.store.close()


# --- inside -------------------------------------------------------------------------------------


def _chapter(name: str, docs: Path) -> str:
    title, *pieces = read(name)
    lines = [f"## {title.text}", ""]
    if (docs / PICTURES / file_of(name)).exists():
        lines += [f"![{title.text}]({PICTURES}/{file_of(name)})", ""]
    for before, piece in zip([title, *pieces], pieces, strict=False):
        if piece.kind is not before.kind and before is not title:
            lines.append("")
        lines.append(_line(piece))
        if piece.kind is Kind.HEADING and (docs / PICTURES / file_of(name, piece.text)).exists():
            lines += ["", f"![{piece.text}]({PICTURES}/{file_of(name, piece.text)})", ""]
    return "\n".join((*lines, ""))


def _line(piece: Piece) -> str:
    match piece.kind:
        case Kind.HEADING:
            return f"### {piece.text}"
        case Kind.KEY:
            return f"- {' đến '.join(f'`{key}`' for key in piece.keys)} {piece.text}"
        case Kind.LAW:
            return f"- {piece.text} — *{piece.source}*"
        case Kind.POINT:
            return f"- {piece.text}"
        case _:
            return piece.text


def _prepare(desk: Desk, officer: Officer) -> None:
    """What the month didn't bring: online dossiers, a paper digitised."""
    desk.online.bring(list(enumerate(ONLINE, 1)), officer)
    name = desk.lookup.board().lines[0].row.name
    scan = desk.digitising.seal(desk.paperwork.preview("receipt", name), 1)
    desk.digitising.tie(name, 1, scan, officer)


def _exchange(desk: Desk, officer: Officer, folder: Path) -> None:
    """With a server that has all of it by now; it is gone again, under an address as they are."""
    with serving(folder) as address:
        acquaint(desk.store, folder, address)
        send(desk.store, desk.clock)
    mend_address(desk.store, officer, SERVER)


def _end_of_day(desk: Desk) -> QImage:
    """The first page of the day's last sheet."""
    drawn = desk.draw([desk.day_sheets.end_of_day(AT.date())], "pdf")
    (page, *_) = pages_of(drawn, SLIP_DPI)
    return image(page)


def _slip(desk: Desk) -> QImage:
    lines = desk.lookup.board().lines
    (page, *_) = pages_of(desk.paperwork.preview("receipt", lines[-1].row.name), SLIP_DPI)
    return image(page)


def _save(picture: QImage, path: Path) -> None:
    """With the colours most of it has, which takes a third of the bytes."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    table = [colour for colour, _ in counted.most_common(COLOURS)]
    few = plain.convertToFormat(QImage.Format.Format_Indexed8, table)
    few.save(str(path), quality=0)  # of a PNG: how hard it is not pressed


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "--words" not in sys.argv:
        draw(Path(sys.argv[1]))
    write(Path(sys.argv[1]))
