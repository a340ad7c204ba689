"""Reads the fee receipts: the books the unit was issued and the last word on each number."""

import msgspec

from app.models.events.receipt_books import FeeReceipted, FeeReceiptSpoiled, ReceiptBookIssued
from app.store.database.database import Database

_RECEIPT = FeeReceipted | FeeReceiptSpoiled


class ReceiptBooks:
    """Queries only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def books(self) -> list[ReceiptBookIssued]:
        """Every book, by its sign."""
        sql = "SELECT body FROM standing WHERE kind='receipt_book' ORDER BY key"
        rows = self._database.rows(sql)
        return [msgspec.json.decode(row[0], type=ReceiptBookIssued) for row in rows]

    def book(self, sign: str) -> ReceiptBookIssued:
        """The book of this sign; one as most are, of no name, where it isn't held."""
        own = (book for book in self.books() if book.sign == sign)
        return next(own, ReceiptBookIssued(sign, ""))

    def receipts(self, sign: str) -> dict[int, FeeReceipted | FeeReceiptSpoiled]:
        """What became of each number of a book that is not blank any more."""
        # the key is sign and number, joined by a full stop; “/” follows it
        sql = "SELECT body FROM standing WHERE kind='fee_receipt' AND key >= ? AND key < ?"
        rows = self._database.rows(sql, (f"{sign}.", f"{sign}/"))
        found = (msgspec.json.decode(row[0], type=_RECEIPT) for row in rows)
        return {each.number: each for each in found if each.sign == sign}
