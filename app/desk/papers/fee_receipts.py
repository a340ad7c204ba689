"""Fee receipts (biên lai) out of the unit's issued books: given, spoiled, lost, all accounted for."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.desk.looking.lookup import Lookup
from app.desk.papers.facts import unit_values
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.receipt_books import (
    MOST_DIGITS,
    FeeReceipted,
    FeeReceiptSpoiled,
    ReceiptBookIssued,
)
from app.models.text import amount_in_words, money
from app.models.unit.officer import Officer, Role
from app.printing.sheet import Sheet
from app.store.reading.receipt_books import ReceiptBooks
from app.store.store import Store

LONGEST_NAME = 600  # letters of what was paid for, as the form has room
MOST_RECEIPTS = 1_000_000  # of one book; more is a slip of the hand
METHODS = {"cash": "Tiền mặt", "transfer": "Chuyển khoản", "": "Tiền mặt"}
_KEEPERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CLERK})


@dataclass(frozen=True, slots=True)
class Account:
    """One book: how many of its receipts are used, spoiled, lost and left, and the next."""

    book: ReceiptBookIssued
    used: int
    spoiled: int
    lost: int
    left: int
    next: int


class FeeReceipts:
    """What an officer does with the receipts of the books this counter holds."""

    def __init__(self, store: Store, lookup: Lookup, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._lookup = lookup
        self._clock = clock
        self._kept = ReceiptBooks(store.database)

    def enter(self, book: ReceiptBookIssued, officer: Officer) -> None:
        """Enter a book as it was issued: form, sign, first and last number. Raises `Refused`."""
        if not officer.roles & _KEEPERS:
            raise Refused(
                f"{officer.name} không có quyền nhập biên lai. Việc này dành cho phụ trách, văn thư, quản trị."
            )
        if not book.sign.strip() or not book.form.strip():
            raise BadInput("Biên lai phải có ký hiệu và mẫu số như in trên quyển.", "sign")
        run = book.last - book.first + 1
        if not book.electronic and not (book.first >= 1 and 1 <= run <= MOST_RECEIPTS):
            raise BadInput("Số đầu và số cuối của quyển biên lai chưa đúng.", "first")
        if book.digits > MOST_DIGITS:
            raise BadInput(f"Số biên lai có nhiều nhất {MOST_DIGITS} chữ số.", "digits")
        if any(known.sign == book.sign for known in self._kept.books()):
            raise BadInput(f"Quyển biên lai ký hiệu {book.sign} đã nhập rồi.", "sign")
        self._write(book, officer)

    def accounts(self) -> list[Account]:
        """Every book, each of its numbers counted once."""
        return [self._account(book) for book in self._kept.books()]

    def give(
        self,
        name: e.EventName,
        officer: Officer,
        sign: str = "",
        number: int = 0,
        others: Sequence[e.EventName] = (),
    ) -> Sheet:
        """Give a receipt for the fee that was paid, and its three copies; the next number of this
        counter's book unless told otherwise, and of an electronic one the provider's.

        It may be for `others` of the same person too. Raises `Refused` when nothing was paid or a
        receipt was given already.
        """
        officer.check(Deed.PAID)
        now = self._clock()
        with self._store.journal.deed(now) as writing:  # nobody else takes the number meanwhile
            book, body, dossiers = self._giving(name, officer, sign, number, others)
            writing.append(body, by=officer.login, at=now)
        return self._sheet(book, body, dossiers)

    def given(self, name: e.EventName) -> FeeReceipted | None:
        """The receipt of a dossier that stands."""
        for book in self._kept.books():
            for each in self._kept.receipts(book.sign).values():
                if isinstance(each, FeeReceipted) and str(name) in (each.dossier, *each.others):
                    return each
        return None

    def given_at(self, name: e.EventName) -> datetime | None:
        """When the receipt of a dossier that stands was given."""
        body = self.given(name)
        event = self._store.registers.newest("fee_receipted", lambda event: event.body == body)
        return event.at if event else None

    def again(self, name: e.EventName) -> Sheet:
        """The same receipt once more. Raises `Refused` when there is none."""
        body = self.given(name)
        if body is None:
            raise Refused("Hồ sơ chưa có biên lai nào.")
        return self._given_sheet(body)

    def to_print(self, name: e.EventName) -> dict[str, object]:
        """What a dossier's receipt says; its number is blank while it is not given. Raises `Refused`."""
        given = self.given(name)
        if given is not None:
            return dict(self._given_sheet(given).values)
        dossier, book = self._payable(name), self._chosen("").book
        draft = FeeReceipted(
            book.sign, 0, str(name), dossier.collected, self._clock().date().isoformat(),
            officer="", method=dossier.fee.method,
        )  # fmt: skip
        return {**self._sheet(book, draft, [dossier]).values, "receipt_number": "", "cashier": ""}

    def spoil(
        self, sign: str, number: int, outcome: Literal["spoiled", "lost"], officer: Officer
    ) -> None:
        """Take a number out of use, given or blank; it is never given again. Raises `BadInput`."""
        officer.check(Deed.PAID)
        account = self._chosen(sign)
        now = self._kept.receipts(account.book.sign).get(number)
        if isinstance(now, FeeReceiptSpoiled):
            raise BadInput(
                f"Biên lai {account.book.written(number)} đã ghi hủy hoặc mất rồi.", "number"
            )
        if now is None:
            self._check_in(account.book, number)
        day = self._clock().date().isoformat()
        self._write(
            FeeReceiptSpoiled(account.book.sign, number, day, officer.login, outcome), officer
        )

    # --- inside -----------------------------------------------------------------------------------

    def _write(self, body: ReceiptBookIssued | FeeReceiptSpoiled, officer: Officer) -> None:
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            writing.append(body, by=officer.login, at=now)

    def _giving(
        self,
        name: e.EventName,
        officer: Officer,
        sign: str,
        number: int,
        others: Sequence[e.EventName],
    ) -> tuple[ReceiptBookIssued, FeeReceipted, list[Dossier]]:
        """The receipt that may be given now, its book, and the dossiers it is for."""
        dossiers = [self._payable(each) for each in dict.fromkeys((name, *others))]
        dossier, *more = dossiers
        if len({_who(each) for each in dossiers}) > 1:
            raise Refused("Các hồ sơ này không cùng một người nộp. Hãy lập biên lai riêng.")
        account = self._chosen(sign)
        if account.book.counter not in (0, self._store.counter):
            raise Refused(f"Quyển {account.book.sign} do quầy {account.book.counter} giữ.")
        body = FeeReceipted(
            sign=account.book.sign,
            number=self._number(account, number),
            dossier=str(name),
            amount=sum(each.collected for each in dossiers),
            day=self._clock().date().isoformat(),
            officer=officer.login,
            method=dossier.fee.method,
            others=tuple(str(each.name) for each in more),
        )
        return account.book, body, dossiers

    def _dossier(self, name: e.EventName) -> Dossier:
        return self._lookup.dossier(name).arrived("lập biên lai")

    def _payable(self, name: e.EventName) -> Dossier:
        """A dossier whose fee was paid, and has no receipt yet."""
        dossier = self._dossier(name)
        if not dossier.collected:
            raise Refused("Hồ sơ chưa nộp phí, lệ phí nên chưa có biên lai.")
        if self.given(name) is not None:
            raise Refused("Hồ sơ đã có biên lai. Biên lai sai thì hủy rồi lập biên lai khác.")
        return dossier

    def _chosen(self, sign: str) -> Account:
        """The book of that sign, else the first of this counter's with a receipt left."""
        mine = (0, self._store.counter)
        for account in self.accounts():
            book = account.book
            if book.sign == sign or (not sign and book.counter in mine and _has_more(account)):
                return account
        raise BadInput(
            f"Không có quyển biên lai {sign or 'nào còn số'} ở quầy này. "
            "Hãy nhập quyển biên lai được cấp: mẫu số, ký hiệu, số đầu, số cuối.",
            "sign",
        )

    def _number(self, account: Account, number: int) -> int:
        if account.book.electronic and not number:
            raise BadInput(
                "Hãy ghi số biên lai điện tử nhà cung cấp trả về, ở trang Sổ (F6), phần Biên lai.",
                "number",
            )
        number = number or account.next
        self._check_in(account.book, number)
        if number in self._kept.receipts(account.book.sign):
            written = account.book.written(number)
            raise BadInput(f"Biên lai số {written} đã dùng, đã hủy hoặc đã mất.", "number")
        return number

    def _check_in(self, book: ReceiptBookIssued, number: int) -> None:
        if not book.electronic and not book.first <= number <= book.last:
            first, last = map(book.written, (book.first, book.last))
            raise BadInput(f"Quyển {book.sign} chỉ có số {first} đến {last}.", "number")
        if book.electronic and len(str(number)) > (book.digits or MOST_DIGITS):
            raise BadInput(
                f"Số biên lai {book.sign} chỉ có {book.digits or MOST_DIGITS} chữ số.", "number"
            )

    def _account(self, book: ReceiptBookIssued) -> Account:
        known = self._kept.receipts(book.sign)
        spoilt = [each for each in known.values() if isinstance(each, FeeReceiptSpoiled)]
        lost = sum(each.outcome == "lost" for each in spoilt)
        blank = [] if book.electronic else range(book.first, book.last + 1)
        return Account(
            book,
            used=len(known) - len(spoilt),
            spoiled=len(spoilt) - lost,
            lost=lost,
            left=max(len(blank) - len(known), 0),
            next=next((number for number in blank if number not in known), 0),
        )

    def _given_sheet(self, body: FeeReceipted) -> Sheet:
        (book,) = (book for book in self._kept.books() if book.sign == body.sign)
        names = map(e.EventName.parse, (body.dossier, *body.others))
        return self._sheet(book, body, [self._dossier(each) for each in names])

    def _sheet(
        self, book: ReceiptBookIssued, body: FeeReceipted, dossiers: Sequence[Dossier]
    ) -> Sheet:
        dossier, *more = dossiers
        payer, unit = dossier.applicant, self._store.standing.unit()
        values = {
            **unit_values(unit),
            "date": datetime.fromisoformat(body.day).date(),
            "receipt_form": book.form,
            "receipt_sign": book.sign,
            "receipt_number": book.written(body.number),
            "tax_number": unit.tax_number,
            "fee_name": _fee_name(dossiers),
            "applicant_name": payer.name if payer else "",
            "applicant_address": payer.address if payer else "",
            "code": dossier.shown_code + (f" và {len(more)} hồ sơ nữa" if more else ""),
            "amount": money(body.amount),
            "amount_words": amount_in_words(body.amount),
            "method": METHODS[body.method],
            "cashier": self._lookup.holder_name(body.officer),
        }
        return Sheet("fee-receipt", values, f"{book.sign} {book.written(body.number)}")


def _who(dossier: Dossier) -> tuple[str, str]:
    applicant = dossier.applicant
    return (applicant.identity.number, applicant.name) if applicant else ("", "")


def _fee_name(dossiers: Sequence[Dossier]) -> str:
    """What was paid for; of several, how often each where there is room to name them."""
    if len(dossiers) == 1:
        return f"Lệ phí: {dossiers[0].procedure_name}"
    counted = Counter(each.procedure_name for each in dossiers)
    named = "; ".join(f"{name} ({times} việc)" for name, times in counted.items())
    said = f"Lệ phí {len(dossiers)} việc: {named}"
    return said if len(said) <= LONGEST_NAME else f"Lệ phí {len(dossiers)} việc trong cùng một lượt"


def _has_more(account: Account) -> bool:
    return account.book.electronic or account.left > 0
