"""Reads forms: TOML descriptions of a paper's blocks, labels and variables.

A profile (a law's set of forms) is a folder of `resources/forms`: `profile.toml` with what all its
papers share, and one file a form. Texts are printed as written; `{due}` or `{due:short}` stands for
a variable of the registry, `**…**` sets bold and `__…__` italic.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import resources
from app.printing.form import (
    Barcode,
    Beside,
    Block,
    Column,
    Form,
    Header,
    Paragraphs,
    Signature,
    Signatures,
    Span,
    Table,
    Template,
)
from app.printing.variables import REGISTRY, Rows, Variable

CURRENT = "tt-03-2025"
"""The profile of dossiers under NĐ 118/2025."""


@cache
def load(name: str, profile: str = CURRENT) -> Form:
    """The form `name` of a profile; KeyError when there is none, ValueError when it is ill-formed."""
    folder = f"forms/{profile}"
    shared = tomllib.loads(resources.path(f"{folder}/profile.toml").read_text("utf-8"))
    own = tomllib.loads(resources.path(f"{folder}/{name}.toml").read_text("utf-8"))
    return parse(name, profile, shared, own)


def sample(name: str, profile: str = CURRENT) -> dict[str, object]:
    """A value for each variable of a form: what a preview shows when there is no dossier."""
    return {variable: REGISTRY[variable].sample for variable in load(name, profile).variables()}


def parse(name: str, profile: str, shared: Mapping[str, Any], own: Mapping[str, Any]) -> Form:
    """A form from what its profile's file and its own file say."""
    header = shared["header"]
    return Form(
        name=name,
        profile=profile,
        valid_from=own.get("valid_from", shared["valid_from"]),
        source=own["source"],
        title=own["title"],
        copies=tuple(own["copies"]),
        header=Header(
            left=_templates(header["left"]),
            right=_templates(header["right"]),
            number=template(own["number"]),
            place_and_date=template(header["place_and_date"]),
        ),
        blocks=tuple(_block(block) for block in own["blocks"]),
        provisional=(*shared["provisional"], *own["provisional"]),
    )


_MARKS = re.compile(r"(\*\*|__|\{[a-z_]+(?::[a-z]+)?\})")


def template(text: str, fields: Mapping[str, Variable | Rows] = REGISTRY) -> Template:
    """The spans of a text; ValueError when it names a variable that `fields` doesn't have."""
    spans: list[Span] = []
    bold = italic = False
    for part in _MARKS.split(text):
        if part == "**":
            bold = not bold
        elif part == "__":
            italic = not italic
        elif part.startswith("{"):
            variable, _, shape = part[1:-1].partition(":")
            if variable not in fields:
                raise ValueError(f"no variable {variable!r} for {text!r}")
            spans.append(Span("", variable, shape, bold, italic))
        elif part:
            spans.append(Span(part, "", "", bold, italic))
    return tuple(spans)


def _templates(texts: list[str]) -> tuple[Template, ...]:
    return tuple(template(text) for text in texts)


def _block(raw: Mapping[str, Any]) -> Block:
    match raw["kind"]:
        case "text":
            return _paragraphs(raw)
        case "barcode":
            return Barcode(template(raw["text"]), _known(raw["of"]))
        case "table":
            return _table(raw)
        case "signatures":
            return Signatures(tuple(_signature(column) for column in raw["columns"]))
        case "beside":
            return Beside(_known(raw["qr"]), tuple(map(_paragraphs, raw["texts"])))
        case kind:
            raise ValueError(f"no block {kind!r}")


def _paragraphs(raw: Mapping[str, Any]) -> Paragraphs:
    text = raw["text"]
    return Paragraphs(
        texts=_templates(text if isinstance(text, list) else [text]),
        when=_known(raw["when"]) if "when" in raw else "",
        framed=raw.get("framed", False),
        small=raw.get("small", False),
        keep=raw.get("keep", False),
    )


def _table(raw: Mapping[str, Any]) -> Table:
    rows = REGISTRY[raw["rows"]]
    if not isinstance(rows, Rows):
        raise ValueError(f"{raw['rows']} is no list")
    return Table(
        rows=raw["rows"],
        columns=tuple(_column(column, rows.fields) for column in raw["columns"]),
        blanks=tuple(raw.get("blanks", ())),
        depth=raw.get("depth_mm", 0),
    )


def _column(raw: Mapping[str, Any], fields: Mapping[str, Variable]) -> Column:
    return Column(
        head=template(raw["head"]),
        width=raw.get("width_mm", 0),
        centred=raw.get("centred", False),
        even=raw.get("even", False),
        parts=tuple(
            tuple(
                tuple(template(line, fields) for line in text.split("\n"))
                for text in (part if isinstance(part, list) else [part])
            )
            for part in raw["parts"]
        ),
    )


def _signature(raw: Mapping[str, Any]) -> Signature:
    return Signature(template(raw["title"]), _templates(raw["notes"]), template(raw["name"]))


def _known(variable: str) -> str:
    if variable not in REGISTRY:
        raise ValueError(f"no variable {variable!r}")
    return variable
