"""Reads online dossiers out of a file: rows of a table, or JSON as DongBoHoSoMC writes it.

A column or key is known by DongBoHoSoMC's name, its Vietnamese heading ("Mã hồ sơ" is MaHoSo), or as
`import dossiers` calls it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.clock import VIETNAM
from app.desk.unit.office import Figure, read_rows
from app.models.citizens.applicant import (
    Applicant,
    Identity,
    IdKind,
    Kind,
    clean_email,
    clean_phone,
    identity_of,
)
from app.models.citizens.lost_zeros import may_lack_zeros, whole_number, whole_phone
from app.models.errors import BadInput
from app.models.text import clean_name, clean_text, fold

TABLES = (".csv", ".xlsx")
JUST_FILED = "1"  # TrangThaiHoSo, Mới đăng ký
ONLINE = "2"  # KenhThucHien, Trực tuyến
PERSON = ("", "1", "person")  # LoaiDoiTuong, công dân
NO_NUMBER = "không có trong hồ sơ trực tuyến"
LONGEST_FILE = 64 * 1024 * 1024
LONGEST_CODE = 60
A_WRONG_CLOCK = timedelta(days=1)  # further ahead no hour of arrival is believed
LONGEST_REQUEST = 1000  # of TrichYeuHoSo

_CODE = re.compile(r"[0-9A-Z.]+(-[0-9A-Z]+)+", re.ASCII)
# what is wanted → the names it goes by, the surest first
_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("MaHoSo", "code"),
    "arrived": ("NgayNopHoSo", "NgayTiepNhan", "received"),
    "procedure": ("MaTTHC", "procedure"),
    "procedure_name": ("TenTTHC",),
    "name": ("ChuHoSo", "name"),
    "number": ("SoGiayToChuHoSo", "id_number"),
    "numbers": ("DinhDanhCHS",),
    "kind": ("LoaiDoiTuong", "kind"),
    "phone": ("SoDienThoai", "phone"),
    "email": ("Email",),
    "address": ("DiaChi", "address"),
    "request": ("TrichYeuHoSo", "request"),
    "status": ("TrangThaiHoSo",),
    "channel": ("KenhThucHien",),
}
_SHAPES = (
    (r"\d{14}", "%Y%m%d%H%M%S"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}", "%d/%m/%Y %H:%M"),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2}", "%d/%m/%Y %H:%M:%S"),
)

OpenSheet = Callable[[Path], Iterable[Iterable[object]]]
"""The first sheet of a workbook; OSError when the file is none."""


def unopened(file: Path) -> Iterable[Iterable[object]]:
    """For a desk that was given nothing to open workbooks with."""
    raise OSError(f"no workbook is read here: {file.name}")


class OnlineFile(NamedTuple):
    """One online dossier of a file, checked: the hour is when it came into the province's system."""

    code: str
    arrived: datetime
    procedure: str
    procedure_name: str
    applicant: Applicant
    request: str


def rows_of(path: Path, sheet: OpenSheet) -> list[tuple[int, Mapping[str, object]]]:
    """Each dossier of a file with its line (of one JSON text: its place). Raises `BadInput`."""
    if path.suffix.lower() in TABLES:
        return list(enumerate(read_rows(path, sheet), 2))
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise BadInput(f"Tệp {path.name} quá lớn để là danh sách hồ sơ. Hãy chọn lại tệp.")
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        return list(_objects(text))
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {path.name}. Hãy kiểm tra tên và quyền đọc.") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"Tệp {path.name} không phải CSV, XLSX hay JSON của hồ sơ. Hãy xuất lại từ hệ thống tỉnh."
        ) from error


def is_waited_for(row: Mapping[str, object]) -> bool:
    """False of what the province already took in, and of what wasn't filed online."""
    given = _given(row)
    return (
        given.get("status", JUST_FILED) in ("", JUST_FILED)
        and given.get("channel", ONLINE) in ("", ONLINE)
    )  # fmt: skip


def read(row: Mapping[str, object], now: datetime) -> OnlineFile:
    """One dossier of a file. Raises `BadInput` naming what is lacking or wrong."""
    given = _given(row)
    code = given.get("code", "").upper()
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        said = f"Mã hồ sơ “{code[:40]}” không đúng" if code else "Thiếu mã hồ sơ (MaHoSo)"
        raise BadInput(f"{said}. Hãy xuất lại từ hệ thống tỉnh.", "code")
    arrived = _instant(given.get("arrived", ""))
    if arrived > now + A_WRONG_CLOCK:
        raise BadInput(f"Hồ sơ {code} đến vào lúc chưa tới ({arrived:%H:%M %d/%m/%Y}).", "arrived")
    kind: Kind = "person" if given.get("kind", "").lower() in PERSON else "organisation"
    return OnlineFile(
        code, arrived, given.get("procedure", "")[:8], _words(given, "procedure_name"),
        Applicant(
            clean_name(given.get("name", ""), 200), kind,
            _identity(given.get("number", ""), kind, now.date()),
            address=clean_name(given.get("address", ""), 300, "address"),
            phone=_if_sound(_phone, given.get("phone", "")),
            email=_if_sound(clean_email, given.get("email", "")),
        ),
        _words(given, "request"),
    )  # fmt: skip


# --- inside -------------------------------------------------------------------------------------


def _objects(text: bytes) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of one JSON text (a list, or an envelope with `data`), or of a line each."""
    try:
        whole = msgspec.json.decode(text)
    except msgspec.DecodeError:
        lines = enumerate(text.splitlines(), 1)
        yield from (
            (n, msgspec.json.decode(x, type=dict[str, object])) for n, x in lines if x.strip()
        )
        return
    listed = whole.get("data", [whole]) if isinstance(whole, dict) else whole
    yield from enumerate(msgspec.convert(listed, list[dict[str, object]]), 1)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


_WANTED = {
    _bare(name): (wanted, at) for wanted, names in _NAMES.items() for at, name in enumerate(names)
}


def _given(row: Mapping[str, object]) -> dict[str, str]:
    """What is wanted of a row, each as text, under our own names."""
    found: dict[str, tuple[int, str]] = {}
    for name, value in row.items():
        wanted, place = _WANTED.get(_bare(name), ("", 0))
        text = _number_of(value) if wanted == "numbers" else _text(value)
        if wanted and text and place <= found.get(wanted, (place, ""))[0]:
            found[wanted] = (place, text)
    given = {wanted: text for wanted, (_, text) in found.items()}
    return {**given, "number": given.get("number") or given.get("numbers", "")}


def _text(value: object) -> str:
    match value:
        case Figure():
            return value
        case int():
            return Figure(value)
        case str():
            return value.strip()
        case _:
            return ""


def _number_of(value: object) -> str:
    """The first number of DinhDanhCHS."""
    first = value[0] if isinstance(value, list) and value else {}
    return _text(first.get("SoDinhDanh", "")) if isinstance(first, dict) else ""


def _words(given: Mapping[str, str], name: str) -> str:
    return clean_text(given.get(name, "")[:LONGEST_REQUEST], field=name).strip()


def _instant(text: str) -> datetime:
    if not text:
        raise BadInput("Thiếu giờ đến (NgayNopHoSo). Hãy xuất lại từ hệ thống tỉnh.", "arrived")
    written = next((way for shape, way in _SHAPES if re.fullmatch(shape, text, re.ASCII)), "")
    try:
        at = datetime.strptime(text, written) if written else datetime.fromisoformat(text)  # noqa: DTZ007  # below
        return at.astimezone(VIETNAM) if at.tzinfo else at.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError):
        raise BadInput(
            f"Giờ đến “{text[:40]}” không đọc được. Hãy ghi như 20261123081500 hoặc 23/11/2026 08:15.",
            "arrived",
        ) from None


def _identity(number: str, kind: Kind, today: date) -> Identity:
    """What the number is; one that may lack zeros the desk asks for, as it does for all too short."""
    if isinstance(number, Figure):
        number = _if_sound(lambda figure: whole_number(figure, kind, today), number) or number
    number = number[:40]
    if may_lack_zeros(number, kind):
        return Identity(IdKind.CITIZEN, number)
    return identity_of(number, NO_NUMBER)


def _phone(text: str) -> str:
    return whole_phone(text) if isinstance(text, Figure) else clean_phone(text)


def _if_sound(clean: Callable[[str], str], text: str) -> str:
    """A telephone or address as it is stored; what is none is asked for at the desk, not refused."""
    try:
        return clean(text)
    except BadInput:
        return ""
