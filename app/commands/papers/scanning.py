"""`scan`: the papers of a dossier as files: how far they are digitised, one more, one less, one opened."""

from argparse import Namespace

from app.commands.call import DONE, Call, Command
from app.counter import Counter
from app.desk.deeds.digitising import Paper, Reusable
from app.models.dossiers.checklist import LABEL
from app.models.dossiers.dossier import Attachment
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.printing import named_file
from app.scanning.pages import one_pdf
from app.store.own.attachments import Whereabouts
from app.upstream import bring_file

PLACES: dict[Whereabouts, str] = {
    Whereabouts.BOTH: "có ở máy này và máy chủ",
    Whereabouts.HERE: "mới có ở máy này, chưa lên máy chủ",
    Whereabouts.THERE: "có ở máy chủ, chưa tải về máy này",
    Whereabouts.MISSING: "chưa có ở máy này lẫn máy chủ",
}


def scan(call: Call) -> int:
    """Do what was asked with one paper, then tell the checklist; asked nothing, only tell."""
    said = call.options
    with call.counter() as counter:
        name = counter.desk.lookup.named(said.code)
        if said.files or said.reuse or said.remove or said.output:
            if said.document is None:
                raise BadInput("Thiếu --document: thành phần hồ sơ số mấy.", "document")
            _do(call, counter, name)
        for paper in counter.desk.digitising.papers(counter.desk.lookup.dossier(name)):
            _tell(call, paper)
    return DONE


def _do(call: Call, counter: Counter, name: e.EventName) -> None:
    said, digitising, officer = call.options, counter.desk.digitising, counter.officer
    if said.files:
        made = one_pdf(said.files)
        digitising.tie(name, said.document, digitising.seal(made.pdf, made.pages), officer)
    elif said.reuse:
        found = _reusable(said, digitising.reusable(name))
        digitising.reuse(name, said.document, found, officer, result=said.result)
    elif said.remove:
        digitising.reverse(name, _last(counter, name, said.document).event, officer)
    else:
        _open(call, counter, _last(counter, name, said.document))


def _reusable(said: Namespace, offered: list[Reusable]) -> Reusable:
    for found in reversed(offered):
        if said.reuse == f"{found.code}:{found.attachment.line}":
            return found
    listed = ", ".join(f"{found.code}:{found.attachment.line}" for found in offered)
    raise BadInput(
        f"Người này không có bản số hóa “{said.reuse}”. Đang có: {listed or 'không có bản nào'}.",
        "reuse",
    )


def _last(counter: Counter, name: e.EventName, number: int) -> Attachment:
    """The newest file of a paper. Raises `Refused` when it has none."""
    for paper in counter.desk.digitising.papers(counter.desk.lookup.dossier(name)):
        if paper.line.number == number and paper.line.attachments:
            return paper.line.attachments[-1]
    raise Refused(f"Thành phần số {number} chưa có bản số hóa.")


def _open(call: Call, counter: Counter, wanted: Attachment) -> None:
    """Write the scan into a file, fetched from the server first where it isn't here."""
    digitising, file = counter.desk.digitising, call.options.output
    if digitising.whereabouts(wanted) in (Whereabouts.THERE, Whereabouts.MISSING):
        for _ in bring_file(counter.desk.store, wanted.file, wanted.size, call.clock):
            pass
    named_file.write(file, digitising.open(wanted), "Hãy chọn thư mục khác.")


def _tell(call: Call, paper: Paper) -> None:
    line = paper.line
    facts = {
        "number": line.number,
        "name": line.document.name,
        "state": line.state.value,
        "pages": line.pages,
        "files": [
            {"event": str(one.event), "pages": one.pages, "size": one.size, "place": place.value}
            for one, place in zip(line.attachments, paper.places, strict=True)
        ],
        "doubt": line.doubt,
    }
    pages = f", {line.pages} trang" if line.pages else ""
    places = "".join(f"\n     {PLACES[place]}" for place in paper.places)
    doubt = f"\n     {line.doubt}" if line.doubt else ""
    words = f"{line.number:>2}. {line.document.name}: {LABEL[line.state]}{pages}{places}{doubt}"
    call.answer(facts, words)


COMMANDS: dict[str, Command] = {"scan": scan}
