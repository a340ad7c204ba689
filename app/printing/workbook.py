"""Reads what stands in a workbook."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook


def first_sheet(path: Path) -> Iterable[Iterable[object]]:
    """The rows of its first sheet; OSError when the file is no workbook."""
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            return list(book.worksheets[0].iter_rows(values_only=True))
    except (BadZipFile, KeyError, ValueError, IndexError) as error:
        raise OSError(str(error)) from error
