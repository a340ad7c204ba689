"""Why the board can't do a deed now to the dossiers that are meant on it."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from app.desk.deeds.progress import not_from, why_not
from app.desk.desk import Desk
from app.models.dossiers.lifecycle import LABEL, TRANSITIONS, Deed, Status
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui.deeds.deeds import KEYS
from app.ui.deeds.held_back import on_its_page
from app.ui.dossier.columns import short_code
from app.ui.dossier.dossier_list import DossierList
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.widgets.page import Command
from app.ui.widgets.parts import said_key


def in_general(
    deed: Deed, officer: Officer, statuses: Collection[Status], code: str, *, is_marked: bool
) -> str:
    """Why not, as far as the list tells: of the dossier `code`, or of several."""
    if why := officer.barred(deed):
        return why
    if not statuses:
        return f"Chưa chọn hồ sơ nào để “{LABEL[deed]}”."
    if not any(status in TRANSITIONS[deed] for status in statuses):
        if code and deed is not Deed.SEND_BACK:  # which some may still do who have accepted it
            return not_from(deed, next(iter(statuses)), code)
        if not code:
            return f"Chưa hồ sơ nào trong {len(statuses)} hồ sơ đã đánh dấu “{LABEL[deed]}” được."
    if deed is Deed.APOLOGISE and code:
        key = said_key(KEYS[deed])
        return (
            f"Hồ sơ {code} chưa đến lúc phải xin lỗi. "
            f"Vẫn cần hẹn lại thì bấm Enter để mở hồ sơ, rồi bấm {key}."
        )
    return on_its_page(deed, is_marked=is_marked)


class BoardSilence:
    """Answers for the deeds whose keys do nothing on the board now; `tell` says it."""

    def __init__(
        self,
        desk: Desk,
        officer: Officer,
        jobs: Jobs,
        view: DossierList,
        tell: Callable[[str, Tone], None],
    ) -> None:
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._view, self._tell = view, tell

    def say(self, deed: Deed) -> None:
        """Say why not: of one dossier what the desk says of it."""
        meant = self._view.meant_dossiers()
        if len(meant) != 1:
            self._tell(self.why(deed), Tone.PLAIN)
            return
        (name,) = meant
        self._jobs.run(
            Lane.DESK,
            partial(_why, self._desk, name, deed, self._officer),
            partial(self._said, deed),
        )

    def why(self, deed: Deed) -> str:
        """Why not, without asking the desk."""
        meant: Mapping[EventName, Status] = self._view.meant_dossiers()
        current, is_marked = self._view.current(), bool(self._view.table.marks)
        code = short_code(current.row.code) if current and not is_marked else ""
        return in_general(deed, self._officer, meant.values(), code, is_marked=is_marked)

    def held_back(self, done_here: Collection[Deed]) -> list[Command]:
        """Every deed but those that the board can do now."""
        return [
            Command(LABEL[deed], key, partial(self.say, deed), self.why(deed))
            for deed, key in KEYS.items()
            if deed not in done_here
        ]

    def _said(self, deed: Deed, result: Ok[str] | Err) -> None:
        why = str(result.error) if isinstance(result, Err) else result.value
        self._tell(why or self.why(deed), Tone.PLAIN)


def _why(desk: Desk, name: EventName, deed: Deed, officer: Officer) -> str:
    return why_not(deed, desk.lookup.dossier(name).arrived("mở lại"), officer)
