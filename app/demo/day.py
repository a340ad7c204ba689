"""Plays a day at the counter without a screen: what the officers do, through the same desk."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path

from msgspec.structs import replace

from app.demo.citizens import ADVICE, ASKS_ONLY, CITIZENS, ERRAND, MISTYPED, RETYPED
from app.demo.commune import SetClock
from app.demo.lives import CLERK, DESK, DIRECTOR, PLAIN
from app.demo.month import specialist_of
from app.desk.deeds.details import Details
from app.desk.deeds.progress import applicable
from app.desk.desk import Desk
from app.desk.draft import IntakeDraft, checklist
from app.models.deadlines.calendar import at_hour
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.text import money
from app.models.unit.officer import Officer
from app.upstream import send


class Day:
    """One day, hour by hour. `tell` says each thing done, `out` takes the papers."""

    def __init__(self, desk: Desk, clock: SetClock, out: Path, tell: Callable[[str], None]) -> None:
        self._desk = desk
        self._clock = clock
        self._out = out
        self._tell = tell
        self._nga, self._director, self._clerk = map(desk.officer, (DESK, DIRECTOR, CLERK))
        self._received: list[e.EventName] = []

    def play(self) -> bool:
        """From the morning sheet to the evening exchange; True when everything held."""
        self._morning()
        self._people(8, CITIZENS[:-2])
        self._errand()
        self._hand_over(10, 30)
        self._results(13, 30)
        self._people(14, CITIZENS[-2:])
        self._afternoon()
        self._hand_over(14, 50)
        self._results(15, 40)
        exchanged = self._exchange()
        return self._evening() and exchanged

    # --- hour by hour ---------------------------------------------------------------------------

    def _morning(self) -> None:
        self._at(7, 15)
        counts = self._desk.lookup.board().counts
        self._tell(
            f"Đang mở {counts.all} hồ sơ: {counts.late} quá hạn, {counts.due_today} đến hạn hôm nay, "
            f"{counts.ready} chờ trả kết quả."
        )
        self._at(7, 40)
        self._mistyped()
        self._desk.intake.leave(ASKS_ONLY, "guidance", self._nga, ADVICE)
        self._tell(f"Hướng dẫn một người, không cấp mã: {ADVICE}")

    def _people(self, hour: int, citizens: Sequence[IntakeDraft]) -> None:
        for number, draft in enumerate(citizens):
            self._at(hour, 5 * number)
            procedure = self._desk.lookup.procedure(draft.procedure)
            self._receive(replace(draft, documents=checklist(procedure)))

    def _mistyped(self) -> None:
        """Eleven digits: told what is wrong, set aside, taken up again, received."""
        intake = self._desk.intake
        try:
            intake.receive(MISTYPED, self._nga)
        except BadInput as wrong:
            self._tell(f"Không nhận: {wrong}")
        intake.park(MISTYPED, self._nga)
        draft = intake.take_up(intake.parked(self._nga)[-1])
        self._receive(replace(draft, id_number=RETYPED))

    def _errand(self) -> None:
        """Three papers of one person, received, paid, signed and given back in one go."""
        self._at(9, 40)
        finished = self._desk.same_day.finish(ERRAND, self._nga, at_once=True)
        numbers = [each.certified for each in finished.given if each.certified]
        stamped = ", ".join(f"{x.group} số {x.number:02}" for x in numbers)
        said = f"Làm trong ngày {len(finished.given)} việc, thu {money(finished.total)}"
        self._tell(f"{said}; sổ chứng thực: {stamped}")

    def _receive(self, draft: IntakeDraft) -> None:
        receipt = self._desk.intake.receive(draft, self._nga)
        self._received.append(receipt.name)
        self._tell(f"Nhận {receipt.code}, {draft.name}: hẹn trả {receipt.due:%H:%M %d/%m/%Y}")
        if receipt.slip_required:
            self._print("receipt", receipt.name)

    def _results(self, hour: int, minute: int) -> None:
        """What is due today comes back signed, is stamped, and citizens fetch it by their slips."""
        self._at(hour, minute)
        signed = self._fit(Deed.SIGN, self._director, due_today=True)
        self._do(Deed.SIGN, signed, self._director)
        self._do(Deed.RESOLVE, signed, self._clerk)
        for name in self._fit(Deed.RETURN, self._nga)[:5]:
            scanned = str(self._desk.paperwork.values("receipt", name)["lookup_url"])
            self._do(Deed.RETURN, [self._desk.lookup.named(scanned)], self._nga)

    def _afternoon(self) -> None:
        """A paper that lacks and comes, an apology, a wrong click, a wrong name."""
        self._at(14, 25)
        asked = self._fit(Deed.REQUEST_SUPPLEMENT, self._director)[:1]
        self._do(Deed.REQUEST_SUPPLEMENT, asked, self._director, Details("Thiếu bản chính"))
        self._at(14, 30)
        self._do(Deed.SUPPLEMENT_RECEIVED, asked, self._nga)
        late = self._fit(Deed.APOLOGISE, self._director)[:1]
        self._do(
            Deed.APOLOGISE, late, self._director, Details("Chờ xác minh", due=self._next_week())
        )
        first = self._received[:1]
        self._do(Deed.WITHDRAW, first, self._nga, Details("Bấm nhầm hồ sơ"))
        self._do(Deed.UNDO, first, self._nga, Details("Bấm nhầm hồ sơ"))
        self._correct(first[0])

    def _correct(self, name: e.EventName) -> None:
        """A name that was written wrong; the slip goes out again in place of the first."""
        dossier = self._desk.lookup.dossier(name).dossier
        assert dossier is not None
        assert dossier.applicant is not None
        right = replace(dossier.applicant, name="Đỗ Minh Vương")
        self._do(Deed.CORRECT, [name], self._nga, Details("Ghi sai dấu trong tên", applicant=right))
        self._print("receipt", name)

    def _hand_over(self, hour: int, minute: int) -> None:
        """All of a specialist's in one go, with a control slip; the last before 15:00 (NĐ 61 Đ.18)."""
        self._at(hour, minute)
        waiting: dict[str, list[e.EventName]] = {}
        for line in self._desk.lookup.board("not_handed_over").lines:
            waiting.setdefault(specialist_of(line.row.field), []).append(line.row.name)
        for specialist, names in waiting.items():
            self._do(Deed.HAND_OVER, names, self._nga, Details(to=specialist))
            self._print("control", names[0], "A4")

    def _exchange(self) -> bool:
        """The line is back: everything goes up, and a second time there is nothing to say."""
        self._at(16, 45)
        store = self._desk.store
        first, second = (send(store, self._clock) for _ in range(2))
        self._tell(
            f"Đồng bộ: gửi {first.sent}, nhận {first.received} sự kiện; "
            f"máy chủ còn thiếu {first.pending}. Lần sau: {second.sent + second.received} sự kiện."
        )
        return not (first.pending or second.sent or second.received or second.pending)

    def _evening(self) -> bool:
        self._at(17, 0)
        counts, verified = self._desk.lookup.board().counts, self._desk.store.verify()
        self._tell(
            f"Cuối ngày: nhận {counts.received_today}, còn {counts.all} hồ sơ, {counts.late} quá hạn; "
            f"{verified.events} sự kiện, dữ liệu {'đúng' if verified.ok else 'KHÔNG đúng'}."
        )
        return verified.ok

    # --- inside ---------------------------------------------------------------------------------

    def _at(self, hour: int, minute: int) -> None:
        day = self._clock().date()
        self._clock.set(at_hour(day, time(hour, minute)))

    def _fit(self, deed: Deed, officer: Officer, *, due_today: bool = False) -> list[e.EventName]:
        """The open dossiers this officer may now do `deed` to, the most pressing first."""
        rows = [line.row for line in self._desk.lookup.board().lines]
        today = self._clock().date()
        names = [row.name for row in rows if not due_today or row.due.date() == today]
        folded = ((name, self._desk.lookup.dossier(name).dossier) for name in names)
        return [
            name for name, dossier in folded if dossier and deed in applicable(dossier, officer)
        ]

    def _do(
        self, deed: Deed, names: list[e.EventName], officer: Officer, details: Details = PLAIN
    ) -> None:
        if names:
            done = self._desk.progress.do(deed, names, officer, details)
            codes = ", ".join(short_code(each.dossier) for each in done)
            self._tell(f"{LABEL[deed]}: {codes}")

    def _print(self, form: str, name: e.EventName, size: str = "A5") -> None:
        paper = self._desk.paperwork.issue(form, name, self._nga, size)
        title = " ".join(filter(None, (paper.title, paper.mark)))
        (self._out / f"{title}.pdf").write_bytes(paper.pdf)

    def _next_week(self) -> datetime:
        day, calendar = self._clock().date(), self._desk.store.standing.calendar()
        for _ in range(5):
            day = calendar.next_working_day(day)
        return at_hour(day, time(16, 30))


def short_code(dossier: Dossier) -> str:
    """The code without the unit, as officers say it."""
    return dossier.shown_code.partition("-")[2]
