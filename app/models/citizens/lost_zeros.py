"""Puts back the zeros that a spreadsheet took from before a number it held for a quantity."""

from datetime import date

from app.models.citizens.applicant import (
    Identity,
    IdKind,
    Kind,
    Sex,
    check_identity,
    check_phone,
    clean_phone,
    identity_of,
    tax_check_digit,
)
from app.models.errors import BadInput

# how many digits there are, and how many of them may be zeros in front
_WHOLE = {IdKind.CITIZEN: (12, 2), IdKind.OLD: (9, 1), IdKind.TAX: (10, 1)}


def whole_number(
    figure: str, kind: Kind, today: date, said: IdKind | None = None, born: str = "", sex: Sex = ""
) -> str:
    """The number on a paper of which a sheet kept `figure`; `said` is the paper's kind, where told.

    Raises `BadInput` where the zeros are a guess that something speaks against.
    """
    meant = said or _meant(figure, kind)
    width, most_lost = _WHOLE.get(meant, (0, 0))
    lost = width - len(figure)
    if lost <= 0:
        return figure
    if figure.isdecimal() and lost <= most_lost:
        whole = Identity(meant, figure.zfill(width))
        is_either = not (said or born) and _is_tax_number(figure)
        if not is_either and not check_identity(whole, today, born, sex):
            return whole.number
    raise BadInput(
        f"Số giấy tờ “{figure[:20]}” nằm ở ô kiểu số nên có thể đã mất số 0 ở đầu. "
        "Hãy đổi ô sang kiểu văn bản rồi ghi đủ các chữ số.",
        "id_number",
    )


def whole_phone(figure: str) -> str:
    """The telephone number of which a sheet kept `figure`. Raises `BadInput` where that is none."""
    for phone in (f"0{figure}", clean_phone(figure)):
        if not check_phone(phone):
            return phone
    raise BadInput(
        f"Số điện thoại “{figure[:20]}” nằm ở ô kiểu số và không đủ chữ số. "
        "Hãy đổi ô sang kiểu văn bản rồi ghi đủ các chữ số.",
        "phone",
    )


def may_lack_zeros(number: str, kind: Kind) -> bool:
    """Whether a person's number looks like a tax number, or like a citizen's without its two zeros."""
    identity = identity_of(number)
    is_short = identity.kind is IdKind.TAX and len(identity.number) == 10
    return kind == "person" and is_short and not identity.number.startswith("0")


def _meant(figure: str, kind: Kind) -> IdKind:
    if kind == "organisation":
        return IdKind.TAX
    return IdKind.OLD if len(figure) <= _WHOLE[IdKind.OLD][0] else IdKind.CITIZEN


def _is_tax_number(figure: str) -> bool:
    return len(figure) == _WHOLE[IdKind.TAX][0] and tax_check_digit(figure) == int(figure[9])
