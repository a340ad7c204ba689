"""What is said of a counter before there is one: its unit, its number, who will sit at it."""

import re
from dataclasses import dataclass

from app.models.errors import BadInput
from app.models.events.event import UnitDescribed
from app.models.numbering import is_code
from app.models.text import clean_name, fold
from app.models.unit.officer import Role

MOST_COUNTERS = 99
LONGEST_LOGIN = 32

_COMMUNE = re.compile(r"\b(xã|phường|đặc khu)\s+(\S.*)", re.IGNORECASE)
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Joining:
    """An officer who will sit down here, and what opens the data to them at first."""

    login: str
    name: str
    password: str
    roles: tuple[Role, ...]
    title: str = ""


@dataclass(frozen=True)
class Founding:
    """A counter to be made; the first of its officers holds every role."""

    code: str
    name: str
    officers: tuple[Joining, ...]
    number: int = 1
    return_by: str = ""
    """HH:MM at which whole days end; "" for the usual hour."""
    printer: str = ""


def described(name: str) -> UnitDescribed:
    """What the unit writes on paper, as far as its name tells; raises `BadInput` without a name."""
    name = clean_name(name)
    if not name:
        raise BadInput("Chưa có tên đơn vị. Hãy ghi như “xã Khánh Hà”.", "name")
    found = _COMMUNE.search(name)
    if found is None:
        return UnitDescribed(name=name, agency_own=name)
    kind, place = found[1].lower(), found[2]
    own = "Trung tâm Phục vụ hành chính công"
    return UnitDescribed(
        name=name if found.start() else f"{own} {kind} {place}",
        agency_upper=f"UBND {kind} {place}",
        agency_own=own,
        place=place,
    )


def checked_unit(code: str) -> str:
    """The unit's code in capitals, if it can be one; raises `BadInput`."""
    unit = code.strip().upper()
    if is_code(f"{unit}-000000-0001"):
        return unit
    raise BadInput("Mã đơn vị phải có dạng như H26.15.3. Hãy hỏi cấp trên mã định danh.", "unit")


def checked_number(number: int) -> int:
    """The counter's number, if it can be one; raises `BadInput`."""
    if 1 <= number <= MOST_COUNTERS:
        return number
    raise BadInput(f"Số quầy phải từ 1 đến {MOST_COUNTERS}.", "counter")


def checked_login(login: str) -> str:
    """The login, if it can be one; raises `BadInput`."""
    if login.isascii() and login.isidentifier() and len(login) <= LONGEST_LOGIN:
        return login
    raise BadInput("Tên đăng nhập chỉ gồm chữ không dấu, số và gạch dưới, ví dụ “ltnga”.", "login")


def checked_hour(hour: str) -> str:
    """HH:MM; raises `BadInput`."""
    if _HOUR.fullmatch(hour):
        return hour
    raise BadInput("Giờ viết như 16:30.", "hour")


def login_for(name: str) -> str:
    """A login an officer will recognise: "ltnga" for "Lê Thị Nga"; "" for no name."""
    *before, last = fold(name).split() or [""]
    letters = "".join(word[0] for word in before) + last
    return "".join(c for c in letters if c.isascii() and c.isalnum())[:LONGEST_LOGIN].lstrip(
        "0123456789"
    )
