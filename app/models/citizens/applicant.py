"""Who a dossier is for, and what is wrong or doubtful in what was typed of them.

What cannot be stored raises `BadInput` beside its field; what is merely doubtful is a `Caution`,
since the sources themselves hold errors and nobody is sent home for one.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from app.models.errors import BadInput
from app.models.text import clean_name, clean_text

Sex = Literal["male", "female", ""]
Kind = Literal["person", "organisation"]

ADDRESS_LIMIT = 300
ORGANISATION_LIMIT = 200


class IdKind(StrEnum):
    """What kind of paper or register a number comes from."""

    CITIZEN = "citizen_number"
    PASSPORT = "passport"
    OLD = "old_number"
    TAX = "tax_number"
    NONE = "none"


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number and its kind; `reason` says why there is none."""

    kind: IdKind
    number: str = ""
    reason: str = ""


class Applicant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person or an organisation; `born` is an ISO date, or only its year or year and month."""

    name: str
    kind: Kind = "person"
    identity: Identity = Identity(IdKind.NONE)
    born: str = ""
    sex: Sex = ""
    address: str = ""
    phone: str = ""
    email: str = ""


class Principal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who authorised the applicant to file, and the paper that says so (TT 03/2025 form 01)."""

    name: str
    identity: Identity = Identity(IdKind.NONE)
    address: str = ""
    phone: str = ""
    email: str = ""
    authorisation: str = ""


class Recipient(msgspec.Struct, frozen=True, omit_defaults=True):
    """To whom the public post takes the result (QĐ 45/2016/QĐ-TTg)."""

    name: str
    phone: str = ""
    address: str = ""


class Caution(NamedTuple):
    """A sentence to look at before saving, and the field it stands beside."""

    sentence: str
    field: str


def checked_applicant(raw: Applicant, today: date) -> tuple[Applicant, tuple[Caution, ...]]:
    """The applicant as it is stored, and what is doubtful. Raises `BadInput`."""
    applicant = Applicant(
        name=clean_whole_name(raw.name, raw.kind),
        kind=raw.kind,
        identity=clean_identity(raw.identity),
        born=clean_born(raw.born, today),
        sex=raw.sex,
        address=clean_name(raw.address, ADDRESS_LIMIT, "address"),
        phone=clean_phone(raw.phone),
        email=clean_email(raw.email),
    )
    cautions = check_identity(applicant.identity, today, applicant.born, applicant.sex)
    return applicant, (*cautions, *check_phone(applicant.phone))


def checked_principal(raw: Principal, today: date) -> tuple[Principal, tuple[Caution, ...]]:
    """The principal as it is stored, and what is doubtful. Raises `BadInput`."""
    principal = Principal(
        name=clean_whole_name(raw.name, "person"),
        identity=clean_identity(raw.identity),
        address=clean_name(raw.address, ADDRESS_LIMIT, "address"),
        phone=clean_phone(raw.phone),
        email=clean_email(raw.email),
        authorisation=clean_text(raw.authorisation, field="authorisation"),
    )
    if not principal.authorisation:
        raise BadInput("Chưa ghi giấy ủy quyền. Ghi số, ngày hoặc nơi chứng thực.", "authorisation")
    return principal, (*check_identity(principal.identity, today), *check_phone(principal.phone))


def checked_recipient(raw: Recipient) -> Recipient:
    """The recipient as it is stored. Raises `BadInput` on a field named `post_…`."""
    name = clean_name(raw.name, ORGANISATION_LIMIT, "post_name")
    address = clean_name(raw.address, ADDRESS_LIMIT, "post_address")
    if not name:
        raise BadInput("Chưa có người nhận kết quả qua bưu chính. Nhập họ tên.", "post_name")
    if not address:
        raise BadInput("Chưa có địa chỉ nhận kết quả qua bưu chính. Nhập địa chỉ.", "post_address")
    try:
        return Recipient(name, clean_phone(raw.phone), address)
    except BadInput as wrong:
        raise BadInput(str(wrong), "post_phone") from None


def clean_whole_name(raw: str, kind: Kind) -> str:
    """A name that is there, and has a letter. Raises `BadInput`."""
    whose = "tên tổ chức" if kind == "organisation" else "họ tên"
    name = clean_name(raw, ORGANISATION_LIMIT if kind == "organisation" else 120)
    if not name:
        raise BadInput(f"Chưa có {whose}. Nhập {whose} rồi lưu.", "name")
    if not any(letter.isalpha() for letter in name):  # a number that was scanned into it
        raise BadInput(f"“{name[:20]}” không phải {whose}. Nhập {whose} bằng chữ.", "name")
    return name


# --- identity numbers ---------------------------------------------------------------------------


def identity_of(number: str, reason: str = "") -> Identity:
    """What a bare number most likely is; an empty one is none, for `reason`."""
    bare = _bare(number)
    if not bare:
        return Identity(IdKind.NONE, reason=reason)
    if not bare.isdecimal():
        return Identity(IdKind.PASSPORT, bare)
    kinds = {9: IdKind.OLD, 10: IdKind.TAX, 13: IdKind.TAX}
    return Identity(kinds.get(len(bare), IdKind.CITIZEN), bare)


def clean_identity(raw: Identity) -> Identity:
    """The identity as it is stored: bare digits, a dependent unit's tax number as 0100109106-001.

    Raises `BadInput` when the number cannot be one of its kind, or there is none without a reason.
    """
    bare = _bare(raw.number)
    match raw.kind:
        case IdKind.CITIZEN:
            return Identity(raw.kind, _digits(bare, "Số định danh", (12,)))
        case IdKind.OLD:
            return Identity(raw.kind, _digits(bare, "Số CMND cũ", (9,)))
        case IdKind.TAX:
            digits = _digits(bare, "Mã số thuế", (10, 13))
            return Identity(raw.kind, "-".join(filter(None, (digits[:10], digits[10:]))))
        case IdKind.PASSPORT:
            if not re.fullmatch(r"[A-Z0-9]{5,15}", bare):
                raise BadInput(
                    f"Số hộ chiếu “{bare[:20]}” không đúng. Nhập các chữ cái và chữ số như trên hộ chiếu.",
                    "number",
                )
            return Identity(raw.kind, bare)
        case IdKind.NONE:
            if not (reason := clean_text(raw.reason, field="reason")):
                raise BadInput("Chưa ghi lý do không có giấy tờ. Ghi lý do rồi lưu.", "reason")
            return Identity(raw.kind, reason=reason)


def check_identity(
    identity: Identity, today: date, born: str = "", sex: Sex = ""
) -> tuple[Caution, ...]:
    """What in a clean identity doesn't fit the person, or its own check digit."""
    match identity.kind:
        case IdKind.CITIZEN:
            sentences = _check_citizen(identity.number, today, born, sex)
        case IdKind.TAX:
            sentences = _check_tax(identity.number)
        case IdKind.PASSPORT if not re.fullmatch(r"[A-Z]\d{7,8}", identity.number):
            sentences = [
                "Hộ chiếu Việt Nam có 1 chữ cái và 7–8 chữ số. Đối chiếu lại với hộ chiếu."
            ]
        case _:
            sentences = []
    return tuple(Caution(sentence, "number") for sentence in sentences)


def tax_check_digit(number: str) -> int:
    """The digit that should stand tenth; 10 where the rule gives none, and implementations differ."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    return 10 - sum(w * int(d) for w, d in zip(weights, number[:9], strict=True)) % 11


def _bare(number: str) -> str:
    return re.sub(r"[\s.-]", "", clean_name(number, 40, "number")).upper()


def _digits(bare: str, label: str, lengths: tuple[int, ...]) -> str:
    if len(bare) in lengths and re.fullmatch("[0-9]+", bare):
        return bare
    if not bare:
        raise BadInput(
            f"Chưa có {label[0].lower()}{label[1:]}. Nhập số, hoặc chọn loại giấy tờ khác.",
            "number",
        )
    if not re.fullmatch("[0-9]+", bare):
        raise BadInput(
            f"{label} chỉ gồm chữ số; đang là “{bare[:20]}”. Nhập lại theo giấy tờ.", "number"
        )
    wanted = " hoặc ".join(map(str, lengths))
    hints = {
        9: "Nếu là CMND cũ thì chọn loại giấy tờ “CMND cũ”.",
        10: "Nếu là mã số thuế thì chọn loại giấy tờ “Mã số thuế”.",
        12: "Nếu là số định danh thì chọn loại giấy tờ “Số định danh”.",
        13: "Nếu là mã số thuế thì chọn loại giấy tờ “Mã số thuế”.",
    }
    hint = hints.get(len(bare), "Đối chiếu với giấy tờ rồi nhập lại.")
    raise BadInput(f"{label} phải có {wanted} chữ số; đang có {len(bare)}. {hint}", "number")


def _check_citizen(number: str, today: date, born: str, sex: Sex) -> list[str]:
    """Digit 4 tells century and sex, digits 5–6 the year of birth: 0 a man of 19xx, 3 a woman of 20xx."""
    century, female = divmod(int(number[3]), 2)
    year = 1900 + 100 * century + int(number[4:6])
    told: Sex = "female" if female else "male"
    words = {"male": "nam", "female": "nữ"}
    found = []
    if sex and sex != told:
        found.append(f"Số định danh ứng với giới tính {words[told]}, nhưng đang ghi {words[sex]}.")
    if born and int(born[:4]) != year:
        found.append(f"Số định danh ứng với năm sinh {year}, nhưng đang ghi {born[:4]}.")
    elif year > today.year:
        found.append(f"Số định danh ứng với năm sinh {year}, chưa tới.")
    return [f"{sentence} Đối chiếu lại với thẻ." for sentence in found]


def _check_tax(number: str) -> list[str]:
    found = []
    if tax_check_digit(number) != int(number[9]):
        found.append("Mã số thuế không khớp chữ số kiểm tra (chữ số thứ 10).")
    if number[10:] == "-000":
        found.append("Mã đơn vị phụ thuộc phải từ 001 đến 999.")
    return [f"{sentence} Đối chiếu lại với giấy chứng nhận." for sentence in found]


# --- birth, phone, e-mail -----------------------------------------------------------------------

_BORN = (
    re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?"),
    re.compile(r"(?:(?:(?P<d>\d{1,2})[/. -])?(?P<m>\d{1,2})[/. -])(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})"),
)


_SHORT_YEAR = re.compile(r"(?:\d{1,2}[/. -]){0,2}(\d{2})")


def _meant(two_digits: str, today: date) -> int:
    """The last year that ends so."""
    return today.year - (today.year - int(two_digits)) % 100


def clean_born(raw: str, today: date) -> str:
    """Day, month and year, month and year, or year alone, as `1987-04-12`, `1987-04`, `1987`; "" stays "".

    Raises `BadInput` when there is no such day, or it is still to come.
    """
    text = clean_name(raw, 20, "born")
    if not text:
        return ""
    try:
        parts = _born_parts(text)
        day = date(*(*parts, 1, 1)[:3])
    except ValueError:
        if short := _SHORT_YEAR.fullmatch(text):
            raise BadInput(f"Năm ghi đủ 4 chữ số ({_meant(short[1], today)}?).", "born") from None
        raise BadInput(
            f"Ngày sinh “{text}” không có thật. Nhập ngày/tháng/năm, hoặc chỉ năm sinh.", "born"
        ) from None
    if day.year < 1900 or day > today:
        raise BadInput(
            f"Ngày sinh {text} phải từ năm 1900 đến hôm nay. Đối chiếu giấy tờ rồi nhập lại.",
            "born",
        )
    return "-".join(f"{part:02}" for part in parts)


def _born_parts(text: str) -> list[int]:
    """Year, month and day, or the first of them."""
    for found in filter(None, (pattern.fullmatch(text) for pattern in _BORN)):
        return [int(found[part]) for part in "ymd" if found[part]]
    raise ValueError(text)


def show_born(born: str) -> str:
    """A stored date of birth as it is read: `12/04/1987`, `04/1987`, `1987`."""
    return "/".join(reversed(born.split("-")))


def clean_phone(raw: str) -> str:
    """Bare digits, 0 for +84; a foreign number keeps its +; "" stays "". Raises `BadInput`."""
    text = re.sub(r"[\s.()-]", "", clean_name(raw, 40, "phone"))
    text = re.sub(r"^(?:\+84|0084|84(?=\d{9}$))0?", "0", text)
    if text and not re.fullmatch(r"\+?[0-9]{3,15}", text):
        raise BadInput(f"Số điện thoại “{text[:20]}” không đúng. Nhập lại, hoặc để trống.", "phone")
    return text


def check_phone(phone: str) -> tuple[Caution, ...]:
    """A clean phone number that is neither a Vietnamese mobile (10 digits) nor a landline."""
    if not phone or re.fullmatch(r"0[35789]\d{8}|02\d{8,9}", phone):
        return ()
    return (Caution("Số điện thoại không giống số Việt Nam. Đọc lại cho người nộp nghe.", "phone"),)


def clean_email(raw: str) -> str:
    """An address with one @ and a domain; "" stays "". Raises `BadInput`."""
    text = clean_name(raw, 120, "email")
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise BadInput(
            f"Email “{text}” thiếu phần tên hoặc tên miền. Sửa lại, hoặc để trống.", "email"
        )
    return text
