"""Fills the boxes of the province's screen: which, in what order, how each is written.

The boxes are text a person can change: `label | variable | how`, under [tiếp nhận] what is typed when
the dossier is entered, under [kết quả] what once there is a result. `#` begins a remark.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import resources
from app.desk.papers.facts import Told
from app.desk.province.record import DOSSIER, Value
from app.models.citizens.applicant import Applicant, show_born
from app.models.deadlines.calendar import vietnam_time
from app.models.dossiers.lifecycle import label
from app.models.errors import BadInput
from app.models.events.province import ProvinceField
from app.models.text import clean_name

FILE = "province/fields.txt"
STAGES = {"tiếp nhận": "received", "kết quả": "result"}
IN_WORDS = "chữ"
MOST, LONGEST_LABEL = 80, 120

_PARTS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
_PATTERNS = ("dd/MM/yyyy", "dd/MM/yyyy HH:mm", "HH:mm dd/MM/yyyy", "yyyy-MM-dd", "yyyyMMddHHmmss",
             "HH:mm", "dd", "MM", "yyyy")  # fmt: skip
HOW = (*_PATTERNS, IN_WORDS)

_SEX = {"male": "Nam", "female": "Nữ", "": ""}
_CODES: Mapping[str, Mapping[object, str]] = {
    "KenhThucHien": {1: "Trực tiếp", 2: "Trực tuyến", 3: "Bưu chính công ích"},
    "LoaiDoiTuong": {1: "Công dân", 2: "Doanh nghiệp", 3: "Cơ quan nhà nước", 4: "Tổ chức khác"},
    "HinhThuc": {0: "Trực tiếp", 1: "Qua bưu chính"},
}


def _person(told: Told) -> Applicant | None:
    """Of whom birth and sex are known: whoever stood at the desk, where nobody authorised them."""
    return told.dossier.applicant if told.dossier.principal is None else None


def _born(told: Told) -> Value:
    person = _person(told)
    return person.born if person else ""


def _sex(told: Told) -> Value:
    person = _person(told)
    return _SEX[person.sex] if person else ""


def _filer(told: Told) -> Value:
    """Only where it is somebody else than for whom it is."""
    applicant = told.dossier.applicant
    return applicant.name if applicant and told.dossier.principal else ""


VARIABLES: Mapping[str, Callable[[Told], Value]] = {
    **{name: read for name, read in DOSSIER.items() if name not in {
        "TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung",
        "DanhSachGiayToKetQua", "DinhDanhCHS", "DSKetNoiCSDL",
    }},
    "MaHoSoTaiQuay": lambda told: told.dossier.shown_code,
    "NgaySinh": _born,
    "GioiTinh": _sex,
    "DiaChi": lambda told: told.dossier.owner.address if told.dossier.owner else "",
    "NguoiNop": _filer,
    "LePhi": lambda told: told.dossier.fee.amount,
}  # fmt: skip
"""What a box may be filled with: the platform's own single fields, and what screens ask beside."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A box and what goes in, as it is written there; "" where there is nothing to write."""

    label: str
    words: str


@cache
def shipped() -> tuple[ProvinceField, ...]:
    """The boxes as they ship; provisional, for each province's screen is another."""
    return read(shipped_text())


def shipped_text() -> str:
    """The same as a person reads them."""
    return resources.path(FILE).read_text(encoding="utf-8")


def filled(fields: Sequence[ProvinceField], told: Told, stages: Sequence[str]) -> list[Filled]:
    """The boxes of these stages in their order."""
    return [Filled(field.label, words_of(field, told)) for field in fields if field.stage in stages]


def words_of(field: ProvinceField, told: Told) -> str:
    """What goes into a box."""
    if field.variable == "TrangThaiHoSo" and field.how == IN_WORDS:
        return label(told.dossier.status)
    read_value = VARIABLES.get(field.variable)  # a later version may know more
    value = read_value(told) if read_value else ""
    if field.how == IN_WORDS and field.variable in _CODES:
        return _CODES[field.variable].get(value, "")
    if field.variable == "NgaySinh":
        return _written_birth(str(value), field.how)
    if isinstance(value, datetime):
        return vietnam_time(value).strftime(_pattern(field.how or "dd/MM/yyyy HH:mm"))
    return "" if value is None else str(value)


def _written_birth(born: str, how: str) -> str:
    """A whole day as it is wanted; of what is known in part, that."""
    whole = len(born) == len("2026-11-30") and how in _PATTERNS
    return f"{date.fromisoformat(born):{_pattern(how)}}" if whole else show_born(born)


def _pattern(how: str) -> str:
    for part, mark in _PARTS.items():
        how = how.replace(part, mark)
    return how


# --- as text --------------------------------------------------------------------------------------


def read(text: str) -> tuple[ProvinceField, ...]:
    """The boxes that a text describes. Raises `BadInput` saying which line is wrong and why."""
    found = tuple(_fields(text))
    if not found:
        raise BadInput("Chưa có trường nào. Mỗi dòng: Nhãn | biến | cách viết.", "fields")
    if len(found) > MOST:
        raise BadInput(f"Có {len(found)} trường, nhiều nhất là {MOST}.", "fields")
    return found


def _fields(text: str) -> Iterator[ProvinceField]:
    stage = "received"
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        if said.startswith("["):
            stage = STAGES.get(said.strip("[] ").lower(), "")
            if not stage:
                raise _wrong(number, "đầu mục phải là [tiếp nhận] hoặc [kết quả]")
            continue
        yield _field(number, said, stage)


def _field(number: int, said: str, stage: str) -> ProvinceField:
    name, variable, how, *more = (*(part.strip() for part in said.split("|")), "", "")
    if any(more) or not name:
        raise _wrong(number, "viết: Nhãn | biến | cách viết")
    if variable not in VARIABLES:
        raise _wrong(number, f"không có biến “{variable[:40]}”")
    if how and how not in HOW:
        raise _wrong(number, f"cách viết “{how[:40]}” không có; dùng {', '.join(HOW)}")
    return ProvinceField(clean_name(name, LONGEST_LABEL, "fields"), variable, how, stage)


def _wrong(number: int, why: str) -> BadInput:
    return BadInput(f"Dòng {number}: {why}.", "fields")


def written(fields: Sequence[ProvinceField]) -> str:
    """The text that describes these boxes."""
    lines = list[str]()
    for title, stage in STAGES.items():
        of_stage = [field for field in fields if field.stage == stage]
        lines += [f"[{title}]", *map(_line, of_stage), ""]
    return "\n".join(lines)


def _line(field: ProvinceField) -> str:
    return " | ".join(filter(None, (field.label, field.variable, field.how)))
