"""Writes sheets as a workbook: a tab each, dates as dates, everything typed as text."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.clock import VIETNAM
from app.printing.forms import forms
from app.printing.forms.form import Column, Span, Table
from app.printing.forms.variable import Kind, Variable
from app.printing.forms.wording import rows
from app.printing.layout.tables import row_fields
from app.printing.sheet import Reached, Sheet, unheard

_MOMENT, _DAY = "hh:mm dd/mm/yyyy", "dd/mm/yyyy"
_BOLD = Font(bold=True)
_HEAD = Alignment(wrap_text=True, vertical="center", horizontal="center")
_EVERY = 500
_WIDEST = 40
"""Letters, of the column that takes what the others leave on paper."""
_LONGEST_NAME = 31
"""Of a tab; Excel opens no workbook with a longer one."""


def write(sheets: Sequence[Sheet], reached: Reached = unheard, unit: Path | None = None) -> bytes:
    """The workbook; each sheet's tables stand one below another, under the title of its form.

    What begins with “=” is text as it was typed and never a formula.
    """
    book = Workbook(write_only=True)
    try:
        _fill(book, sheets, reached, unit)
    finally:
        # stopped too: only this closes and removes the files openpyxl keeps rows in meanwhile
        file = BytesIO()
        book.save(file)
    return file.getvalue()


def _fill(book: Workbook, sheets: Sequence[Sheet], reached: Reached, unit: Path | None) -> None:
    done = 0
    names: set[str] = set()
    for sheet in sheets:
        form = forms.load(sheet.form, sheet.profile, unit)
        tab: Any = book.create_sheet(_tab_name(sheet.name, names))
        tables = [block for block in form.blocks if isinstance(block, Table)]
        _set_up(tab, max(tables, key=lambda table: len(table.columns)).columns)
        tab.append([_text(tab, form.title, bold=True)])
        tab.append([_text(tab, sheet.name)])
        for table in tables:
            tab.append([])
            tab.append([_head(tab, column) for column in table.columns])
            for line in _lines(tab, table, sheet.values):
                tab.append(line)
                done += 1
                if done % _EVERY == 0:
                    reached(done)


def _set_up(tab: Any, columns: Sequence[Column]) -> None:
    tab.page_setup.orientation = "landscape"
    tab.page_setup.paperSize = 9  # A4 in Excel's own list
    tab.sheet_properties.pageSetUpPr.fitToPage = True
    tab.page_setup.fitToHeight = 0
    for number, column in enumerate(columns, 1):
        wide = max(column.width / 1.8, 8) if column.width else _WIDEST
        tab.column_dimensions[get_column_letter(number)].width = wide


def _tab_name(name: str, taken: set[str]) -> str:
    stem = "".join("-" if letter in r"[]:*?/\'" else letter for letter in name) or "Bảng"
    found = stem[:_LONGEST_NAME]
    for number in range(2, len(taken) + 3):
        if found.lower() not in taken:
            break
        found = f"{stem[: _LONGEST_NAME - 5]} ({number})"
    taken.add(found.lower())
    return found


def _head(tab: Any, column: Column) -> WriteOnlyCell:
    words = ": ".join(filter(None, (_literal(column.group), _literal(column.head))))
    cell = _text(tab, words, bold=True)
    cell.alignment = _HEAD
    return cell


def _lines(tab: Any, table: Table, values: Mapping[str, object]) -> Iterator[list[WriteOnlyCell]]:
    fields = row_fields(table.rows)
    spans = [_spans(column) for column in table.columns]
    found = rows(values, table.rows)
    for ordinal, row in enumerate(found, 1):
        yield [_cell(tab, each, {**row, "ordinal": ordinal}, fields) for each in spans]
    if not found and table.empty:
        yield [_text(tab, _literal(table.empty))]


def _spans(column: Column) -> tuple[Span, ...]:
    return tuple(span for part in column.parts for texts in part for text in texts for span in text)


def _cell(
    tab: Any, spans: Sequence[Span], row: Mapping[str, object], fields: Mapping[str, Variable]
) -> WriteOnlyCell:
    """A date or a number where the column is one and nothing else is to be said, else text."""
    told = [(span, row[span.variable]) for span in spans if span.variable]
    said = [(span, value) for span, value in told if value not in {"", None}]
    if len(said) == 1 and isinstance(said[0][1], date):
        return _dated(tab, said[0][1])
    if len(said) == 1 and fields[said[0][0].variable].kind is Kind.COUNT:
        return WriteOnlyCell(tab, said[0][1])
    words = (
        _words(row[span.variable], fields[span.variable]) if span.variable else span.text
        for span in spans
    )
    return _text(tab, " ".join("".join(f"{word} " for word in words if word).split()))


def _dated(tab: Any, value: date) -> WriteOnlyCell:
    """Excel knows no zones: the cell holds Vietnam's time."""
    is_moment = isinstance(value, datetime)
    here = value.astimezone(VIETNAM).replace(tzinfo=None) if isinstance(value, datetime) else value
    cell = WriteOnlyCell(tab, here)
    cell.number_format = _MOMENT if is_moment else _DAY
    return cell


def _words(value: object, variable: Variable) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return variable.words
        case datetime():
            return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        case _:
            return str(value)


def _text(tab: Any, words: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(tab, ILLEGAL_CHARACTERS_RE.sub("", words))
    if words.startswith("="):
        cell.data_type = "s"  # openpyxl would take it for a formula
    if bold:
        cell.font = _BOLD
    return cell


def _literal(text: tuple[Span, ...]) -> str:
    return "".join(span.text for span in text)
