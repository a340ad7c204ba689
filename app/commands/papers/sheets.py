"""`print` of lists, day sheets and boards; `incomplete`; `fee-receipt` and its books."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from app.commands.call import DONE, Call, Command
from app.commands.papers.filing import keep_paper
from app.commands.telling import spoken
from app.counter import Counter
from app.desk.papers.fee_receipts import Account
from app.desk.papers.forms import FEE_RECEIPT
from app.models.errors import BadInput
from app.models.events.receipt_books import ReceiptBookIssued
from app.printing import named_file
from app.printing.paper import Paper
from app.printing.printers.printers import send
from app.printing.printers.spooler import Document
from app.printing.sheet import Sheet


def print_sheet(call: Call) -> int:
    """A sheet to a printer or into a file; nothing is recorded, since it is no dossier's paper."""
    said = call.options
    with call.counter() as counter:
        if said.form == "qr-cards":
            title, pdf = "qr-cards", counter.desk.draw(counter.desk.boards.cards(said.codes), "pdf")
        else:
            sheets = _sheets(counter, call)
            if not sheets:
                raise BadInput("Danh mục chưa có lĩnh vực này. Hãy xem lại tên lĩnh vực.", "form")
            title, pdf = f"{said.form} {sheets[0].name}", counter.desk.draw(sheets, "pdf")
    facts = {"form": said.form, "title": title}
    if said.printer:
        if said.paper == "A3":
            raise BadInput("Khổ A3 chỉ ghi ra tệp được (-o); hãy in tệp ấy ở máy in khổ lớn.")
        job = send(Document(pdf, title, Paper.A4), said.printer)
        call.answer({**facts, "printer": said.printer, "job": job}, f"Đã gửi tới {said.printer}.")
        return DONE
    file = said.output or Path(f"{title.replace('/', '-')}.pdf")
    named_file.write(file, pdf)
    call.answer({**facts, "file": str(file)}, f"Đã ghi {file}.")
    return DONE


def incomplete(call: Call) -> int:
    """What hours, names and signatures are lacking; a line each."""
    said = call.options
    with call.counter() as counter:
        for each in counter.desk.incomplete.of(said.since, said.until):
            facts = {
                "code": each.code, "what": each.what, "applicant": each.applicant,
                "since": each.since, "officer": each.officer,
            }  # fmt: skip
            words = (each.code, each.what, spoken(each.since), each.applicant, each.officer)
            call.answer(facts, "  ".join(filter(None, words)))
    return DONE


def fee_receipt(call: Call) -> int:
    """Books entered; receipts given, spoiled and lost; and the account of each book."""
    said = call.options
    with call.counter() as counter:
        _RECEIPT_DEEDS[said.action](call, counter)
    return DONE


COMMANDS: dict[str, Command] = {"incomplete": incomplete, "fee-receipt": fee_receipt}


# --- inside -------------------------------------------------------------------------------------


def _sheets(counter: Counter, call: Call) -> list[Sheet]:
    said, desk = call.options, counter.desk
    day = said.day or call.clock().date()
    match said.form:
        case "hand-over-list":
            return [desk.lists.hand_over(_only(said.codes))]
        case "results-hand-over":
            return [desk.lists.results(day)]
        case "way":
            return [desk.lists.way(desk.lookup.named(_only(said.codes)))]
        case "morning-sheet":
            return [desk.day_sheets.morning()]
        case "call-list":
            return [desk.day_sheets.to_call()]
        case "end-of-day":
            return [desk.day_sheets.end_of_day(day)]
        case "board-procedures":
            return desk.boards.procedures(" ".join(said.codes), large=said.paper == "A3")
        case _:
            return [desk.boards.officers(large=said.paper == "A3")]


def _only(codes: list[str]) -> str:
    if len(codes) != 1:
        raise BadInput("Giấy này cần đúng một mã hồ sơ hoặc một số danh sách.", "code")
    return codes[0]


def _enter(call: Call, counter: Counter) -> None:
    said = call.options
    book = ReceiptBookIssued(
        said.sign,
        said.book_form,
        said.first,
        said.last,
        counter.desk.store.counter,
        said.electronic,
    )
    counter.desk.fee_receipts.enter(book, counter.officer)
    _tell(call, counter)


def _give(call: Call, counter: Counter) -> None:
    said, desk = call.options, counter.desk
    name = desk.lookup.named(said.code)
    sheet = desk.fee_receipts.give(name, counter.officer, said.sign, said.number)
    number = sheet.values["receipt_number"]
    facts = {"code": said.code, "sign": sheet.values["receipt_sign"], "number": number}
    if said.output:
        paper = desk.paperwork.issue(FEE_RECEIPT, name, counter.officer)
        keep_paper(desk.press, paper, said.output)
    call.answer(facts, f"Biên lai {sheet.name}.")


def _spoil(call: Call, counter: Counter) -> None:
    said = call.options
    outcome: Literal["lost", "spoiled"] = "lost" if said.action == "lost" else "spoiled"
    counter.desk.fee_receipts.spoil(said.sign, said.number, outcome, counter.officer)
    _tell(call, counter)


def _tell(call: Call, counter: Counter) -> None:
    """The account of each book."""
    for account in counter.desk.fee_receipts.accounts():
        call.answer(_facts(account), _account_words(account))


def _facts(account: Account) -> dict[str, object]:
    book = account.book
    return {
        "sign": book.sign, "form": book.form, "first": book.first, "last": book.last,
        "used": account.used, "spoiled": account.spoiled, "lost": account.lost,
        "left": account.left, "next": account.next,
    }  # fmt: skip


def _account_words(account: Account) -> str:
    book = account.book
    run = "điện tử" if book.electronic else f"{book.first:07}–{book.last:07}"
    return (
        f"{book.form} {book.sign} {run}: đã dùng {account.used}, hủy {account.spoiled}, "
        f"mất {account.lost}, còn {account.left}"
    )


_RECEIPT_DEEDS: dict[str, Callable[[Call, Counter], None]] = {
    "book": _enter, "give": _give, "spoil": _spoil, "lost": _spoil, "accounts": _tell,
}  # fmt: skip
