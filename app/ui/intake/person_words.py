"""Compares what stands in the form with a card or an earlier dossier, and says the difference."""

from collections.abc import Iterable, Mapping

from app.desk.draft import IntakeDraft
from app.desk.intake.people import id_number
from app.models.citizens.applicant import Applicant
from app.models.citizens.card import Card
from app.models.text import fold

_FILLED = {
    "name": "họ tên",
    "id_number": "số giấy tờ",
    "born": "ngày sinh",
    "sex": "giới tính",
    "address": "nơi cư trú",
    "phone": "điện thoại",
    "email": "thư điện tử",
}
_LABELS = {"name": "họ tên", "born": "ngày sinh", "address": "nơi cư trú"}


def told_otherwise(typed: IntakeDraft, scanned: IntakeDraft) -> str:
    """What a card says differently, with what had been typed: "họ tên (đã nhập “Lý A Sử”)"."""
    return ", ".join(
        f"{label} (đã nhập “{getattr(typed, field)}”)"
        for field, label in _LABELS.items()
        if getattr(typed, field) and fold(getattr(typed, field)) != fold(getattr(scanned, field))
    )


def is_another(typed: IntakeDraft, card: Card) -> bool:
    """Whether a card is surely not that of whom was typed: neither the name nor any number is the same."""
    number = id_number(typed)
    return bool(
        typed.name
        and fold(typed.name) != fold(card.name)
        and number
        and number not in (card.number, card.old_number)
    )


def blanks(draft: IntakeDraft, known: Applicant) -> Mapping[str, str]:
    """What `known` could fill in: fields nobody has typed, and the name's marks."""
    told = {
        "name": known.name,
        "id_number": known.identity.number,
        "born": _written(known.born),
        "sex": known.sex,
        "address": known.address,
        "phone": known.phone,
        "email": known.email,
    }
    found = {field: text for field, text in told.items() if text and not getattr(draft, field)}
    if draft.name and draft.name != known.name and fold(draft.name) == fold(known.name):
        found["name"] = known.name
    if set(found) <= {"sex"}:
        return {}
    return found | ({"id_kind": known.identity.kind.value} if "id_number" in found else {})


def known_said(known: Applicant, old_number: str = "") -> str:
    """Whose facts are offered: by the last digits, as namesakes are told apart."""
    last = known.identity.number[-4:]
    if old_number and known.identity.number == old_number:
        return f"Điền như hồ sơ CMND cũ …{last}"
    return f"Điền như hồ sơ trước …{last}" if last else "Điền như hồ sơ trước"


def known_briefly(known: Applicant) -> str:
    """The same where the line is short."""
    return f"Điền …{known.identity.number[-4:]}" if known.identity.number else "Điền"


def filled_said(filled: Iterable[str]) -> str:
    """What was filled in as an earlier dossier has it, and what of it may have changed or be another's."""
    told = [said for name, said in _FILLED.items() if name in filled]
    compare = [_FILLED[name] for name in ("id_number", "born") if name in filled]
    against = f"đối chiếu {' và '.join(compare)} với giấy tờ, " if compare else ""
    ask = f"{against}hỏi lại nơi cư trú và điện thoại."
    return f"Đã điền {', '.join(told)} như hồ sơ trước. {ask[0].upper()}{ask[1:]}"


def _written(born: str) -> str:
    """An ISO date, or its year and month, or its year alone, as it is typed."""
    return "/".join(reversed(born.split("-")))
