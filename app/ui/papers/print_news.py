"""Says of prints what is true of them: sent, waiting for paper and what to do, given up, out after all."""

from collections.abc import Sequence

from app.desk.papers.delivery import Told
from app.desk.papers.forms import PRINTED
from app.models.dossiers.print_state import AWAITED, LABEL, PrintState
from app.printing.printers.cups_words import REMEDIES
from app.printing.printers.spooler import MUTE, JobId, where
from app.ui.look.theme import Tone

AGAIN = "Giấy chưa ra thì mở hồ sơ, bấm Alt P để in lại."


def taken(title: str, printer: str, job: JobId) -> tuple[str, Tone]:
    """That a printer has it, which is not yet that it came out; and the sentence's tone."""
    if job.startswith(MUTE):
        silent = "Máy in này không báo lại: hãy xem giấy đã ra chưa."
        return f"Đã gửi {title} đến {where(printer)}. {silent}", Tone.PLAIN
    return f"Đã gửi {title} đến máy in {where(printer)}.", Tone.DONE


def waits(title: str, printer: str, reason: str) -> str:
    """That its job stands in the queue, and what lets it go on."""
    remedy = REMEDIES.get(reason, "Kiểm tra máy in")
    return (
        f"{_begun(title)} chưa ra giấy: {reason}. {remedy}; "
        f"lệnh in đang chờ ở {printer}, giấy sẽ tự ra, không cần in lại."
    )


def said_of(news: Sequence[Told]) -> tuple[str, Tone] | None:
    """What came of prints, the gravest first, and its tone; None of what nobody need be told."""
    lost = [one for one in news if one.now.state not in AWAITED | {PrintState.DONE}]
    waiting = [one for one in news if one.now.state in AWAITED and one.now.reason]
    out = [one for one in news if one.now.state is PrintState.DONE and one.job.reason]
    if lost:
        why = lost[0].now.reason or LABEL[lost[0].now.state]
        return f"{_begun(_named(lost))}: {why.rstrip('.')}. {AGAIN}", Tone.LATE
    if waiting:
        first = waiting[0]
        return waits(_named(waiting), where(first.job.printer), first.now.reason), Tone.TODAY
    return (f"{_begun(_named(out))} đã in xong.", Tone.DONE) if out else None


def _named(prints: Sequence[Told]) -> str:
    """The paper by its name; of several how many."""
    return PRINTED[prints[0].job.form].name if len(prints) == 1 else f"{len(prints)} giấy vừa gửi"


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
