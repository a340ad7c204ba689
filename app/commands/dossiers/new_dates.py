"""`apologies` and `calendar-changes`: who needs a new date, and giving those a calendar moves."""

from app.commands.call import DONE, Call, Command, complain, days_ahead
from app.commands.telling import Facts, ranges, spoken
from app.desk.deeds.details import Details
from app.desk.deeds.new_dates import Moved, OwedApology
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput


def apologies(call: Call) -> int:
    """What must be apologised for, the most pressing first."""
    ahead = days_ahead(call.options.ahead, "--ahead")
    with call.counter() as counter:
        for owed in counter.desk.new_dates.apologies(ahead):
            call.answer(_owed(owed), _owed_words(owed))
    return DONE


def calendar_changes(call: Call) -> int:
    """The dossiers whose date the calendar has moved; re-appoints those that are named, or all."""
    said = call.options
    with call.counter() as counter:
        desk, moved = counter.desk, counter.desk.new_dates.by_calendar()
        asked = {desk.lookup.named(code) for code in said.apply}
        chosen = [one for one in moved if said.all or one.row.name in asked]
        if untouched := asked - {one.row.name for one in moved}:
            codes = [code for code in said.apply if desk.lookup.named(code) in untouched]
            raise BadInput(f"Lịch không làm đổi ngày hẹn của: {', '.join(codes)}.", "--apply")
        if chosen:
            names = [one.row.name for one in chosen]
            desk.progress.do(Deed.REAPPOINT, names, counter.officer, Details())
            complain("Nhớ báo ngày hẹn mới cho công dân rồi ghi bằng “deed MÃ tell”.")
    for one in moved:
        call.answer(_moved(one, applied=one in chosen), _moved_words(one, applied=one in chosen))
    return DONE


COMMANDS: dict[str, Command] = {"apologies": apologies, "calendar-changes": calendar_changes}


# --- inside -------------------------------------------------------------------------------------


def _owed(owed: OwedApology) -> Facts:
    row = owed.row
    return {
        "code": row.code,
        "due": row.first_due,
        "apology_by": owed.by.isoformat(),
        "late": owed.late,
        "where": owed.holder,
        "since": row.holder_since,
        "reason": owed.reason,
        "suggested": owed.suggested,
        "applicant": row.applicant,
        "procedure": row.procedure,
    }


def _owed_words(owed: OwedApology) -> str:
    reason = owed.reason or "chưa có lý do của người giải quyết"
    return (
        f"{owed.row.code}  hẹn {spoken(owed.row.first_due)}  xin lỗi trước hết ngày {owed.by:%d/%m/%Y}"
        f"  {owed.holder}  {reason}  có thể hẹn lại {spoken(owed.suggested)}"
    )


def _moved(one: Moved, *, applied: bool) -> Facts:
    return {
        "code": one.row.code,
        "old": one.old,
        "new": one.new.due,
        "why": ranges(one.new.why),
        "applied": applied,
        "applicant": one.row.applicant,
        "procedure": one.row.procedure,
    }


def _moved_words(one: Moved, *, applied: bool) -> str:
    done = "  đã hẹn lại" if applied else ""
    return f"{one.row.code}  {spoken(one.old)} → {spoken(one.new.due)}{done}  {one.row.applicant}"
