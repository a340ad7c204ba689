"""What stands in each form that is kept as it is typed, and what is missing of it afterwards."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import to_builtins

from app.desk.intake.same_day import Errand
from app.ui.intake.page import IntakePage
from app.ui.lobby.help_desk_page import HelpDeskPage
from app.ui.same_day.page import SameDayPage
from app.ui.same_day.work import is_empty
from app.ui.window import Window

Typed = Mapping[str, msgspec.Struct]
"""The key of a place → what stands in its form; a form that was never in sight is left out."""

SUBSTANCE = (
    "procedure", "name", "id_number", "born", "address", "phone", "email",
    "pieces", "about", "exempt", "request", "outcome", "portal_code", "note",
)  # fmt: skip


def typed_in(window: Window) -> Typed:
    """What stands in the forms of a window; a help that is being corrected is no draft."""
    typed: dict[str, msgspec.Struct] = {}
    for page in window.built():
        match page:
            case IntakePage():
                typed["F2"] = page._form.draft()
            case SameDayPage():
                errand = page._errand()
                typed["F5"] = Errand() if is_empty(errand) else errand
            case HelpDeskPage() if page._editing is None:
                typed["F10"] = page._form.draft()
            case _:
                pass
    return typed


def lost(before: Typed, after: Typed) -> list[str]:
    """Forms that became blank in several fields at once, with what stood there."""
    return [
        f"{sorted(gone)} of {place}: {was}"
        for place, was in before.items()
        if place in after
        and len(gone := _filled(to_builtins(was)) - _filled(to_builtins(after[place]))) > 1
    ]


def differing(before: msgspec.Struct, after: msgspec.Struct) -> list[str]:
    """Each field that is another now, as it was and as it is."""
    pairs = (
        (name, getattr(before, name), getattr(after, name)) for name in before.__struct_fields__
    )
    return [f"{name}: {was!r} → {now!r}" for name, was, now in pairs if was != now]


def differing_forms(before: Typed, after: Typed) -> list[str]:
    """Each field that is another now, of every form that stood there before."""
    return [
        f"{place} {each}"
        for place, was in before.items()
        for each in differing(was, after.get(place, type(was)()))
    ]


def _filled(typed: Mapping[str, Any], within: str = "") -> set[str]:
    """The fields of substance that are not blank, those of an errand's person among them."""
    found: set[str] = set()
    for name, value in typed.items():
        if isinstance(value, dict):
            found |= _filled(value, f"{within}{name}.")
        elif name in SUBSTANCE:
            found.add(within + name)
    return found
