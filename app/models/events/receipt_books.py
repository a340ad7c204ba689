"""The facts of the unit's fee receipts: books it was issued, receipts given, spoiled and lost.

Receipts are regulated by tax law: their form and numbers are the issued book's or the electronic
provider's, never a series of this program (NĐ 61/2018 Đ.22, NĐ 118/2025 Đ.24).
"""

from typing import Literal

from app.models.events.facts import Body, Count

DIGITS, MOST_DIGITS = 7, 15
"""Of a number, where the book doesn't say; and at most."""


class ReceiptBookIssued(Body, frozen=True, omit_defaults=True, tag="receipt_book_issued"):
    """A run of fee receipts the unit was issued by the tax rules; `sign` is its ký hiệu.

    Of an electronic book the provider gives each number, of so many digits, and there is no run.
    """

    sign: str
    form: str
    first: Count = 0
    last: Count = 0
    counter: Count = 0
    electronic: bool = False
    provider: str = ""
    digits: Count = 0

    def written(self, number: int) -> str:
        """A number as it stands on its receipts."""
        return f"{number:0{self.digits or DIGITS}}"


class FeeReceipted(Body, frozen=True, omit_defaults=True, tag="fee_receipted"):
    """Receipt `number` was given for the fee of `dossier`, an event name; who paid stands there.

    `others` of the same person were paid with it; `amount` is the sum of all.
    """

    sign: str
    number: Count
    dossier: str
    amount: Count
    day: str
    officer: str
    method: Literal["cash", "transfer", ""] = ""
    others: tuple[str, ...] = ()


class FeeReceiptSpoiled(Body, frozen=True, omit_defaults=True, tag="fee_receipt_spoiled"):
    """Receipt `number` is out of use, whatever it was before: all its copies kept, or lost."""

    sign: str
    number: Count
    day: str
    officer: str
    outcome: Literal["spoiled", "lost"] = "spoiled"
