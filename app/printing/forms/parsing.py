"""Reads a form from what its files say: blocks, labels, and the variables they name.

Texts are printed as written; `{due}` or `{due:short}` stands for a variable of the registry,
`**…**` sets bold and `__…__` italic. Everything ill-formed is a ValueError that names it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.printing.forms.form import (
    Barcode,
    Beside,
    Block,
    Column,
    Condition,
    Form,
    Header,
    Listed,
    PageBreak,
    Paragraphs,
    Ruled,
    Signature,
    Signatures,
    Span,
    Table,
    Template,
)
from app.printing.forms.variables import LINE, REGISTRY, Rows, Variable
from app.printing.graphics.ink import Ink


def parse(
    name: str, profile: str, shared: Mapping[str, Any], own: Mapping[str, Any], logo: bytes = b"",
    note: str = "",
) -> Form:  # fmt: skip
    """A form from what its profile's file and its own file say, with the unit's logo and note."""
    is_headed = own.get("headed", True)
    noted = note.splitlines() if is_headed else ()
    footer = tuple(
        Paragraphs((template(text),), small=True)
        for text in (
            *_strings(own if "footer" in own else {"footer": [], **shared}, "footer"),
            *noted,
        )
    )
    return Form(
        name=name,
        profile=profile,
        valid_from=own.get("valid_from", shared["valid_from"]),
        source=own["source"],
        title=own["title"],
        copies=_strings(own, "copies"),
        header=_header(shared["header"], own["number"], logo) if is_headed else None,
        above=_blocks(own.get("above", ())),
        blocks=(*_blocks(own["blocks"]), *footer),
        provisional=(*shared["provisional"], *own["provisional"]),
        previews={name: tuple(map(_known, blank)) for name, blank in own["previews"].items()}
        if "previews" in own
        else {"": ()},
        names={_known(name): str(said) for name, said in shared.get("names", {}).items() if said},
        sheet=own.get("sheet", ""),
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


def _templates(texts: Sequence[str]) -> tuple[Template, ...]:
    return tuple(template(text) for text in texts)


def _strings(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = raw[name]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError(f"{name} is no list of texts")
    return tuple(found)


def _header(raw: Mapping[str, Any], number: str, logo: bytes) -> Header:
    right = _strings(raw, "right")
    if len(right) != 2:
        raise ValueError("the header's right side is two lines")
    return Header(
        left=_templates(_strings(raw, "left")),
        right=_templates(right),
        number=template(number),
        place_and_date=template(raw["place_and_date"]),
        logo=logo,
    )


def _blocks(raws: Any) -> tuple[Block, ...]:
    return tuple(_block(raw) for raw in raws)


def _block(raw: Mapping[str, Any]) -> Block:
    match raw["kind"]:
        case "text":
            return _paragraphs(raw)
        case "list":
            return _listed(raw)
        case "lines":
            return Ruled(raw["count"])
        case "barcode":
            return Barcode(_templates(raw["text"].split("\n")), _known(raw["of"]), _condition(raw))
        case "table":
            return _table(raw)
        case "signatures":
            return Signatures(tuple(_signature(column) for column in raw["columns"]))
        case "beside":
            return Beside(
                _known(raw["qr"]), tuple(map(_paragraphs, raw["texts"])), raw.get("keep", False)
            )
        case "page":
            return PageBreak()
        case kind:
            raise ValueError(f"no block {kind!r}")


def _paragraphs(raw: Mapping[str, Any]) -> Paragraphs:
    text = raw["text"]
    return Paragraphs(
        texts=_templates(text if isinstance(text, list) else [text]),
        when=_condition(raw),
        framed=raw.get("framed", False),
        small=raw.get("small", False),
        keep=raw.get("keep", False),
        centred=raw.get("centred", False),
        apart=raw.get("apart", False),
        ink=Ink(raw.get("ink", "black")),
        stops=tuple(raw.get("stops_mm", ())),
    )


def _listed(raw: Mapping[str, Any]) -> Listed:
    text = template(raw["text"], _fields(raw["rows"]))
    return Listed(raw["rows"], text, raw.get("blanks", 0), _condition(raw))


def _condition(raw: Mapping[str, Any]) -> Condition:
    if "unless" in raw:
        return Condition(_known(raw["unless"]), unless=True)
    return Condition(_known(raw["when"])) if "when" in raw else Condition()


def _table(raw: Mapping[str, Any]) -> Table:
    fields = LINE if "lines" in raw else _fields(raw["rows"])
    return Table(
        rows=raw.get("rows", ""),
        columns=tuple(_column(column, fields) for column in raw["columns"]),
        blanks=tuple(raw.get("blanks", ())),
        depth=raw.get("depth_mm", 0),
        lines=tuple(raw.get("lines", ())),
        when=_condition(raw),
        empty=template(raw.get("empty", "")),
    )


def _fields(rows: str) -> Mapping[str, Variable]:
    variable = REGISTRY.get(rows)
    if not isinstance(variable, Rows):
        raise ValueError(f"{rows} is no list")
    return variable.fields


def _column(raw: Mapping[str, Any], fields: Mapping[str, Variable]) -> Column:
    return Column(
        head=template(raw["head"]),
        group=template(raw.get("group", "")),
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
