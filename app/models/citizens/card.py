"""Reads the QR code of an identity card; it is unsigned, so a typing aid and no proof.

Seven parts parted by `|` on the chip card, the same and four empty ones on the Căn cước card of
1/7/2024: number | old number | name | born | sex | residence | issued.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from app.models.citizens.applicant import ADDRESS_LIMIT, Applicant, Identity, IdKind, Sex
from app.models.errors import BadInput
from app.models.search import EITHER
from app.models.text import clean_name, nfc

PAYLOAD_LIMIT = 1000
POLICE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
MINISTRY = "Bộ Công an"

_SEXES: dict[str, Sex] = {"nam": "male", "nữ": "female"}
_BY_HAND = "Quét lại, hoặc nhập tay theo thẻ."
_LETTERS_OF_NAMES = re.compile(r"(?:[^\W\d_]|[ .,'’‘ʼ`´-])+")
_TAKEN_FOR = ("cp1252", "latin-1", "cp1258")  # what a scanner may take the code's UTF-8 for
_NUMBERS = re.compile(r"\s*([0-9]{12})\|(?:\s*([0-9]{9})\s*\|)?")


@dataclass(frozen=True, slots=True)
class Card:
    """What the QR code says; `old_number`, `address`, `issued` may be missing."""

    number: str
    old_number: str
    name: str
    born: date
    sex: Sex
    address: str
    issued: date | None
    issuer: str

    @property
    def applicant(self) -> Applicant:
        return Applicant(
            name=self.name,
            identity=Identity(IdKind.CITIZEN, self.number),
            born=self.born.isoformat(),
            sex=self.sex,
            address=self.address,
        )

    @property
    def lacks_marks(self) -> bool:
        """Whether not one Vietnamese letter came: a scanner may type `ễ` as `e`."""
        return bool(self.address) and (self.name + self.address).isascii()


def parse_card(payload: str, today: date) -> Card:
    """The card's facts. Raises `BadInput` when the payload isn't a card's, or a date is impossible."""
    text = nfc(_read_as_meant(payload[: PAYLOAD_LIMIT + 1]))
    parts = [part.strip() for part in text.strip().split("|")]
    if len(payload) > PAYLOAD_LIMIT or not 5 <= len(parts) <= 11:
        raise BadInput(f"Mã vừa quét không phải mã QR trên thẻ căn cước. {_BY_HAND}", "number")
    number, old_number, name, born, sex, address, issued, *_ = [*parts, "", ""]
    if not re.fullmatch("[0-9]{12}", number):
        raise BadInput(f"Số định danh trong mã QR không có đủ 12 chữ số. {_BY_HAND}", "number")
    name = clean_name(name)
    if not _LETTERS_OF_NAMES.fullmatch(name) or {"?", "\ufffd"} & {*address}:
        raise BadInput(
            "Máy quét làm mất dấu tiếng Việt. Nhập tay theo thẻ và báo quản trị xem lại máy quét.",
            "name",
        )
    return Card(
        number=number,
        old_number=old_number if re.fullmatch("[0-9]{9}", old_number) else "",
        name=name,
        born=_day(born, "Ngày sinh", today),
        sex=_SEXES.get(sex.lower(), ""),
        address=clean_name(re.sub(r"(?:,\s*-?\s*)+(?=,|$)", "", address), ADDRESS_LIMIT, "address"),
        issued=_day(issued, "Ngày cấp", today) if issued else None,
        issuer=MINISTRY if len(parts) >= 10 else POLICE,
    )


def sought(payload: str) -> str:
    """What finds the bearer's dossiers: the card's number, or its old one too; "" of no card.

    A card whose name or dates can't be read has its numbers still.
    """
    found = _NUMBERS.match(payload)
    return either_number(*found.groups("")) if found else ""


def either_number(number: str, old_number: str) -> str:
    """The search for who has this number, and had that one before; "" of a missing one."""
    return EITHER.join(filter(None, (number, old_number)))


def _read_as_meant(payload: str) -> str:
    """`payload`, put right if its letters are the bytes of UTF-8, each taken for a letter of its own."""
    for taken_for in _TAKEN_FOR:
        with suppress(UnicodeError):
            return payload.encode(taken_for).decode()
    return payload


def _day(digits: str, label: str, today: date) -> date:
    try:
        found = re.fullmatch("([0-9]{2})([0-9]{2})([0-9]{4})", digits)
        day = date(*map(int, reversed(found.groups() if found else "000")))
    except ValueError:
        raise BadInput(f"{label} trong mã QR không có thật. {_BY_HAND}", "born") from None
    if day > today:
        raise BadInput(f"{label} trong mã QR ở tương lai. {_BY_HAND}", "born")
    return day
