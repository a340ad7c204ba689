"""Says whether this PC runs the unit's hub and how it stands; begins it, and stops it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt

from app.clock import VIETNAM
from app.models.errors import BadInput, Refused
from app.sync.hub_place import Above, HubStanding, checked_code
from app.ui.exchange.hub_process import Hub, HubProcess, State
from app.ui.exchange.words import short
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import Badge, Card, WrappingLabel, row

GOOD_FOR = (
    "Mất mạng, các quầy trong trụ sở vẫn thấy hồ sơ của nhau qua một máy chạy trạm; có mạng thì trạm "
    "chuyển lên cấp trên."
)
CODE_HINT = "Xin cấp trên một mã ghi danh cho trạm: 5 nhóm 4 ký tự, dùng một lần trong 15 phút"
KEY = "Ctrl+T"
BEGIN, STOP = "Bật trạm ở máy này", "Tắt trạm"
JOINING = "Đang ghi danh trạm với cấp trên…"
AGAIN = "Máy tự thử lại; thôi thì tắt trạm."
NOBODY = (
    "Chưa quầy nào gặp trạm. Lâu vẫn vậy thì cho phép Một Cửa nhận kết nối trong tường lửa của máy này "
    "({})."
)
ALL_UP = "Mọi việc ở trạm đã lên cấp trên."
MOST_MET = 4


class OwnHub(NamedTuple):
    """The hub of this PC: `above` tells at the desk what it needs, or refuses."""

    process: HubProcess
    above: Callable[[], Above]
    may_run: bool


class HubCard(Card):
    """One button, and a code where the server doesn't know the hub yet."""

    def __init__(self, own: OwnHub, jobs: Jobs) -> None:
        process = own.process
        self._state = Badge()
        super().__init__("Trạm trung chuyển", self._state)
        self.tighten()
        self._process, self._above, self._jobs = process, own.above, jobs
        self._said = WrappingLabel(GOOD_FOR, tone=Tone.QUIET)
        self._code = Line("XXXX-XXXX-XXXX-XXXX-XXXX")
        self._code_field = Field("Mã ghi danh của trạm", self._code, hint=CODE_HINT, note_lines=2)
        self._button = QuietButton(BEGIN, KEY)
        self._button.clicked.connect(self._ask_above)
        self._code.returnPressed.connect(self._ask_above)
        self.body.addWidget(self._said)
        self.body.addWidget(self._code_field)
        self.body.addLayout(row(self._button, None, spacing=Space.WITHIN))
        self._code_field.hide()
        self._button.setVisible(own.may_run)  # within the card: before, it would be a window
        process.stood.connect(self._show)
        process.joined.connect(self._joined)
        self._show()

    # --- inside -----------------------------------------------------------------------------------

    def _ask_above(self) -> None:
        """Begin it or stop it, where that is for this officer."""
        is_wanted = self._process.hub.state is not State.OFF
        self._jobs.run(Lane.DESK, self._above, self._stop if is_wanted else self._begin)

    def _stop(self, result: Ok[Above] | Err) -> None:
        if isinstance(result, Err):
            self._said.say(str(result.error), Tone.LATE)
        else:
            self._process.leave()

    def _begin(self, result: Ok[Above] | Err) -> None:
        if isinstance(result, Err):
            self._said.say(str(result.error), Tone.LATE)
        elif not result.value.needs_code:
            self._want()
        elif self._code_field.isHidden():
            self._code_field.show()
            self._code.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._join(result.value)

    def _join(self, above: Above) -> None:
        try:
            code = checked_code(self._code.words())
        except BadInput as wrong:
            self._refuse_code(str(wrong))
            return
        self._said.say(JOINING, Tone.QUIET)
        self._process.join(above.url, above.unit, code)

    def _joined(self, sentence: str) -> None:
        if sentence:
            self._said.say(GOOD_FOR, Tone.QUIET)
            self._refuse_code(sentence)
            return
        self._code.clear()
        self._code_field.hide()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._want()

    def _want(self) -> None:
        try:
            self._process.want()
        except Refused as refused:
            self._said.say(str(refused), Tone.LATE)

    def _refuse_code(self, sentence: str) -> None:
        self._code_field.set_error(sentence)
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        hub = self._process.hub
        self._state.say(*state_of(hub))
        self._said.say(*words_of(hub))
        self._button.say(BEGIN if hub.state is State.OFF else STOP)


def state_of(hub: Hub) -> tuple[str, Tone, str]:
    """In a few words, their colour and icon."""
    match hub.state:
        case State.OFF:
            return "không chạy ở máy này", Tone.QUIET, "circle-minus"
        case State.BEGINNING:
            return "đang bật…", Tone.QUIET, "refresh-cw"
        case State.FAILED:
            return "chưa chạy được", Tone.TODAY, "triangle-alert"
        case State.RUNNING:
            since = f" từ {short(hub.since)}" if hub.since else ""
            return f"đang chạy{since}", Tone.DONE, "circle-check"


def words_of(hub: Hub) -> tuple[str, Tone]:
    """What an officer should know of it now."""
    if hub.state is State.FAILED:
        return f"{hub.sentence} {AGAIN}", Tone.TODAY
    if hub.state is not State.RUNNING or hub.standing is None:
        return GOOD_FOR, Tone.QUIET
    port = hub.address.rpartition(":")[2]
    return f"{met_words(hub.standing, port)}\n{waiting_words(hub.standing)}", Tone.QUIET


def met_words(standing: HubStanding, port: str) -> str:
    """Which counters came, and when last."""
    if not standing.counters:
        return NOBODY.format(f"cổng {port}")
    newest = sorted(standing.counters, key=lambda met: met.at, reverse=True)
    told = [
        f"quầy {met.counter} lúc {short(met.at.astimezone(VIETNAM))}" for met in newest[:MOST_MET]
    ]
    return f"Đã gặp {len(newest)} quầy: {', '.join(told)}{'…' if newest[MOST_MET:] else ''}."


def waiting_words(standing: HubStanding) -> str:
    """What it still holds for above, and why."""
    if not standing.waiting:
        return ALL_UP
    why = f" {standing.trouble}" if standing.trouble else ""
    return f"Còn giữ {standing.waiting} việc chờ chuyển lên cấp trên.{why}"
