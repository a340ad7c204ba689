"""Finds forms: our description of a paper, and over it what the unit says in its own.

A profile (a law's set of forms) is a folder of `resources/forms`: `profile.toml` with what all its
papers share, and one file a form. What no circular prints stands in `common` and takes the header
of the dossier's profile. A folder of the unit with the same names says only what it wants otherwise.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import resources
from app.files import why
from app.models.errors import BadInput
from app.printing.forms.form import Form
from app.printing.forms.parsing import parse
from app.printing.forms.variables import REGISTRY, blank

CURRENT = "tt-03-2025"
"""The profile of dossiers under NĐ 118/2025."""

COMMON = "common"
SHARED = "profile"
LARGEST_LOGO = 1_000_000
LOGOS, NOTE = ("logo.png", "logo.jpg"), "note.txt"
"""In the unit's folder: what stands at the head of every paper, and at its foot."""


def load(name: str, profile: str = CURRENT, unit: Path | None = None) -> Form:
    """The form `name` of a profile, as the unit's folder has it printed.

    KeyError when there is none, ValueError when ours is ill-formed, `BadInput` when the unit's is.
    """
    shared, own = _shipped(profile, SHARED), _shipped(profile, name) or _shipped(COMMON, name)
    if not (shared and own):
        raise KeyError(f"{profile}/{name}")
    if unit is None or not unit.is_dir():
        return _parsed(name, profile, (shared, own), ("", ""), b"", "")
    theirs = (_said(unit, profile, SHARED), _said(unit, profile, name) or _said(unit, COMMON, name))
    try:
        return _parsed(name, profile, (shared, own), theirs, _logo(unit), note_of(unit))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadInput(
            f"Mẫu {name} của đơn vị trong {unit} viết sai ({error}). Hãy sửa tệp rồi in lại, "
            "hoặc dời tệp đi để dùng mẫu có sẵn.",
            "form",
        ) from error


def sample(
    name: str, profile: str = CURRENT, unit: Path | None = None, variant: str = ""
) -> dict[str, object]:
    """A value for each variable of a form: what a preview shows when there is no dossier.

    `variant` is one of the form's previews ("" is its first). Raises `BadInput` for another.
    """
    form = load(name, profile, unit)
    if variant and variant not in form.previews:
        raise BadInput(
            f"Mẫu {name} không có dạng “{variant}”. Các dạng: {', '.join(form.previews)}.", "sample"
        )
    left = form.previews[variant or next(iter(form.previews))]
    return {
        name: blank(REGISTRY[name]) if name in left else REGISTRY[name].sample
        for name in form.variables()
    }


@cache
def names(profile: str = CURRENT) -> tuple[str, ...]:
    """The forms that ship for dossiers of a profile; none for a profile that doesn't ship."""
    if not _shipped(profile, SHARED):
        return ()
    folders = (resources.path(f"forms/{folder}") for folder in (profile, COMMON))
    files = (file for folder in folders for file in sorted(folder.glob("*.toml")))
    return tuple(file.stem for file in files if file.stem != SHARED)


Texts = tuple[str, str]
"""What the profile's file and the form's own file say, as TOML."""


@lru_cache(maxsize=128)
def _parsed(name: str, profile: str, ours: Texts, theirs: Texts, logo: bytes, note: str) -> Form:
    shared, own = (
        _merged(tomllib.loads(our), tomllib.loads(their))
        for our, their in zip(ours, theirs, strict=True)
    )
    return parse(name, profile, shared, own, logo, note)


def _merged(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Ours with what theirs says in its place; tables are merged key by key."""
    merged = dict(ours)
    for key, value in theirs.items():
        under = merged.get(key)
        both = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = _merged(under, value) if both else value  # type: ignore[arg-type]
    return merged


@cache
def _shipped(profile: str, name: str) -> str:
    file = resources.path("forms") / profile / f"{name}.toml"
    return file.read_text("utf-8") if file.is_file() else ""


def _said(unit: Path, profile: str, name: str) -> str:
    file = unit / profile / f"{name}.toml"
    try:
        return file.read_text("utf-8") if file.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp mẫu {file}. Hãy lưu lại dạng UTF-8.", "form") from error


def note_of(unit: Path) -> str:
    """What the unit writes at the foot of every paper with a head; raises `BadInput`."""
    file = unit / NOTE
    try:
        return file.read_text("utf-8").strip() if file.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp {file}. Hãy lưu lại dạng UTF-8.", "form") from error


def _logo(unit: Path) -> bytes:
    file = next((unit / name for name in LOGOS if (unit / name).is_file()), None)
    if file is None:
        return b""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {file}: {why(error)}.", "form") from error
    if len(content) > LARGEST_LOGO:
        raise BadInput(f"Tệp {file} quá 1 MB. Hãy thu nhỏ ảnh rồi in lại.", "form")
    return content
