"""`print ticket`, `print blank` and `print test-page`: what nobody counts."""

from collections.abc import Callable
from pathlib import Path

from app.commands.call import DONE, Call
from app.desk.papers.boards import LOOK_UP, LOOK_UP_WORDS, RATE, RATE_WORDS
from app.models.errors import BadInput, Refused
from app.printing import named_file
from app.printing.card import Card
from app.printing.forms.variables import REGISTRY
from app.printing.paper import Paper
from app.printing.papers import cards, ticket, trial_page
from app.printing.printers import printers
from app.printing.printers.spooler import Document
from app.store.practice import word_of

BLANK = "blank"


def print_uncounted(call: Call) -> int:
    """Print one, or write it into a file right here."""
    said = call.options
    if said.form == BLANK:
        return _print_blanks(call)
    document = _ticket(call) if said.form == ticket.FORM else _test_page(call)
    if said.printer:
        job = printers.send(document, said.printer)
        told, words = {"printer": said.printer, "job": job}, f"Đã gửi tới {said.printer}."
    else:
        file = said.output or Path(f"{document.title}.pdf")
        named_file.write(file, document.pdf, "Hãy chọn thư mục khác rồi in lại.")
        told, words = {"file": str(file)}, f"Đã ghi {file}."
    call.answer({"form": said.form, **told}, words)
    return DONE


def _print_blanks(call: Call) -> int:
    """So many receipts to be filled by hand; each has a code of its own."""
    said = call.options
    if not said.printer:
        raise BadInput("Hãy nêu máy in, hoặc --printer PDF:THƯ_MỤC để lưu từng tờ.", "printer")
    with call.counter() as counter:
        for _ in range(said.copies):
            blank = counter.desk.blanks.draw()
            job = printers.send(
                Document(blank.pdf, f"{BLANK} {blank.code}", Paper.A5), said.printer
            )
            facts = {"form": BLANK, "code": blank.code, "printer": said.printer, "job": job}
            call.answer(facts, f"Đã gửi tờ ghi tay {blank.code} tới {said.printer}.")
    return DONE


def _ticket(call: Call) -> Document:
    said = call.options
    if said.paper not in ("", Paper.K80.value):
        raise BadInput("Phiếu tra cứu chỉ in trên cuộn K80. Hãy dùng --paper K80.", "paper")
    if not said.codes:
        raise BadInput("Thiếu mã hồ sơ của phiếu tra cứu.", "code")
    with call.counter() as counter:
        desk = counter.desk
        if word_of(desk.store):  # a roll is black or white: nothing pale stands across it
            raise Refused("Xã tập dùng không in phiếu tra cứu.")
        values = desk.paperwork.values("receipt", desk.lookup.named(said.codes[0]))
    return Document(ticket.render(values), f"ticket {values['code']}", Paper.K80, said.copies)


def _sample_ticket() -> bytes:
    return ticket.render({name: each.sample for name, each in REGISTRY.items()})


def _sample_cards() -> bytes:
    lookup, rating = (str(REGISTRY[name].sample) for name in ("lookup_url", "rating_url"))
    both = ((LOOK_UP, LOOK_UP_WORDS, lookup), (RATE, RATE_WORDS, rating))
    return cards.render([Card(head, words, "Thôn Đồng Tâm", url) for head, words, url in both])


WITHOUT_FORM: dict[str, Callable[[], bytes]] = {
    ticket.FORM: _sample_ticket, "qr-cards": _sample_cards,
}  # fmt: skip
"""What no file of `resources/forms` describes, drawn with the registry's samples."""


def _test_page(call: Call) -> Document:
    said = call.options
    if said.paper and said.paper not in Paper.__members__:
        raise BadInput(f"Không in trang thử trên khổ {said.paper}.", "paper")
    paper = Paper[said.paper or Paper.A5.value]
    pdf = trial_page.render(said.printer or "tệp PDF", call.clock(), paper)
    return Document(pdf, trial_page.FORM, paper)
