"""What two pages share in which a person is typed or scanned: nothing typed is lost, whatever happens."""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.intake.people import id_number, old_number
from app.models.citizens.card import Card, either_number, parse_card
from app.models.errors import BadInput
from app.models.unit.officer import Officer
from app.ui.intake.person_words import told_otherwise
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.typing.held_keys import HeldKeys
from app.ui.widgets.page import Page

KEPT_AFTER = 1500  # ms; after a crash the form stands as it was at most 2 s before
SLOW = 300  # ms after which a save that is still under way says so
WITHOUT_MARKS = (
    "Thẻ vừa quét không có dấu tiếng Việt: sửa họ tên, nơi cư trú theo thẻ, rồi F12 “Thử máy quét”."
)


class TypedPage(Page):
    """A form that is kept soon after each key, and filled by an identity card."""

    open_person = Signal(str)
    """The ID number of somebody for whom results wait."""
    notified = Signal(str, object, str, object)
    """What `Frame.notify` takes: sentence, tone, icon, what undoes it or None."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._is_opened = False
        self._typed_ahead = HeldKeys(self)
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self._keeping = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._keeping.timeout.connect(self.keep)

    def scanned(self, text: str) -> bool:
        """Fill the person in from an identity card; other scans are none of this page's business."""
        if "|" not in text:
            return False
        try:
            card = parse_card(text, self._desk.clock().date())
        except BadInput as wrong:
            self._complain(str(wrong))
        else:
            before, undo = self._person_typed(), self._as_it_stands()
            self._fill_in(card)
            self._say_of_card(before, self._person_typed(), card, undo)
        return True

    def waiting_person(self) -> str:
        """What finds the person in the form, if a result waits for them; else ""."""
        typed = self._person_typed()
        return either_number(id_number(typed), old_number(typed)) if self._has_result() else ""

    def keep(self) -> None:
        """Have the form kept as it stands."""
        self._keeping.stop()
        self._jobs.run(Lane.DESK, self._keeper(), self._kept)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._keeping.isActive():
            self.keep()

    # --- for the page that is one -----------------------------------------------------------------

    @abstractmethod
    def _person_typed(self) -> IntakeDraft:
        """Who stands in the form."""

    @abstractmethod
    def _has_result(self) -> bool:
        """Whether a result waits for them."""

    @abstractmethod
    def _fill_in(self, card: Card) -> None:
        """Fill the form from a card that was just scanned."""

    @abstractmethod
    def _as_it_stands(self) -> Callable[[], None]:
        """What shows the form again as it stands now."""

    @abstractmethod
    def _keeper(self) -> Callable[[], None]:
        """What keeps the form as it stands now; it runs in the desk lane."""

    def _keep_soon(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start(KEPT_AFTER if self.isVisible() else 0)  # undone from another page

    def _return_now(self) -> None:
        self.open_person.emit(id_number(self._person_typed()))

    def _notify(
        self, sentence: str, tone: Tone = Tone.DONE, icon: str = "circle-check", undo: object = None
    ) -> None:
        self.notified.emit(sentence, tone, icon, undo)

    def _has_nothing(self, to_do: str, *, is_empty: bool) -> bool:
        """Say so if nothing is typed, as after a save whose key is pressed once more."""
        if is_empty:
            self._notify(f"Chưa nhập gì nên không có gì để {to_do}.", Tone.PLAIN, "info")
        return is_empty

    def _complain(self, sentence: str) -> None:
        self._notify(sentence, Tone.LATE, "triangle-alert")

    # --- inside -----------------------------------------------------------------------------------

    def _say_of_card(
        self, before: IntakeDraft, after: IntakeDraft, card: Card, undo: Callable[[], None]
    ) -> None:
        said = [WITHOUT_MARKS] if card.lacks_marks else []
        if before.name and id_number(before) != id_number(after):
            said.append(f"Đã thay {before.name} bằng thẻ vừa quét.")
            if before.authorised and not after.authorised:
                said.append("Đã bỏ phần nộp thay của người trước.")
        elif others := told_otherwise(before, after):
            said.append(f"Thẻ ghi khác điều đã nhập: {others}.")
        if said:
            self._notify(" ".join(said), Tone.TODAY, "id-card", undo)

    def _kept(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
