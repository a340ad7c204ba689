"""What outlives this PC: where the second copy lies, the backup, and the recovery code for the safe."""

import os
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from app.store.database.telling import Tell
from app.sync.safety import Safety
from app.sync.second_copy import HAS_NONE, HAS_ONE, State
from app.ui.exchange.words import moment
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.papers.code_desk import CodeDesk, Codes
from app.ui.safety.second_copies import SecondCopies
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.file_dialogs import ask_folder, ask_where
from app.ui.widgets.going import Going
from app.ui.widgets.parts import Badge, Card, WrappingLabel, column, row

ONLY_HERE = "Chỉ máy này mở được bản sao lưu và bản thứ hai: máy hỏng là mất. Hãy lập mã và cất giấy vào két."
ANEW = "Lập mã mới thì giấy cũ chỉ còn mở những bản đã ghi trước đó."
SAME_DISK = "Cùng ổ với dữ liệu: ổ hỏng thì mất cả hai"
BACKING_UP, COPYING = "Đang sao lưu…", "Đang chép…"
NOT_BACKED_UP = "Đã dừng, chưa sao lưu; bản sao lưu cũ vẫn nguyên."
NOT_COPIED = "Đã dừng; bản thứ hai vẫn như trước."
SUFFIX = ".motcua"


class Keeps(Codes, Protocol):
    """Backup and recovery code of this counter; see `app.safekeeping.Safekeeping`."""

    def standing(self) -> Safety: ...

    def back_up(self, file: Path, tell: Tell) -> int: ...


class SafetyCard(Card):
    """Three things with their state in words, each with what can be done about it."""

    changed = Signal()
    """It may stand otherwise now."""
    restore_wanted = Signal()
    """A backup is to take the place of the data."""

    def __init__(
        self, keeps: Keeps, copies: SecondCopies, jobs: Jobs, *, may_make_code: bool
    ) -> None:
        super().__init__("Giữ dữ liệu khi máy hỏng")
        self._keeps, self._copies, self._jobs = keeps, copies, jobs
        self._codes = CodeDesk(keeps, jobs, self)
        self._codes.kept.connect(self._code_kept)
        self._copy, self._backup, self._code = Badge(), Badge(), Badge()
        self._place, self._opens = (WrappingLabel("", tone=Tone.QUIET) for _ in range(2))
        self._said = WrappingLabel("", tone=Tone.QUIET, reserved_lines=2)
        self._codes.told.connect(self._said.say)
        self._going = Going()
        self._choose = QuietButton("Chọn nơi giữ", "Ctrl+D")
        self._forget = QuietButton("Thôi giữ")
        self._back_up = QuietButton("Sao lưu ra tệp", "Ctrl+B")
        self._restore = QuietButton("Khôi phục…", "Ctrl+Shift+K")
        self._make = QuietButton("Lập mã khôi phục, in giấy", "Ctrl+M")
        for button in (self._choose, self._forget):
            button.setAccessibleName(f"{button.accessibleName()} bản thứ hai")
        self._lay_out()
        self._make.setVisible(may_make_code)
        self._choose.clicked.connect(self.ask_place)
        self._forget.clicked.connect(self.forget)
        self._back_up.clicked.connect(self.ask_file)
        self._make.clicked.connect(self.make_code)
        self._restore.clicked.connect(self.restore_wanted)

    def show_standing(self, safety: Safety, state: State) -> None:
        """Say how it stands."""
        self._show_copy(safety, state)
        at = safety.backed_up
        self._backup.say(f"Sao lưu: {f'lần cuối {moment(at)}' if at else 'chưa lần nào'}", *_mark(bool(at)))  # fmt: skip
        made = safety.code_made
        said = f"lập {moment(made)}" if made else "chưa có"
        self._code.say(f"Mã khôi phục: {said}", *_mark(bool(made), worry=safety.stays_here))
        self._opens.setText(ONLY_HERE if safety.stays_here else ANEW if made else "")
        self._opens.setVisible(bool(self._opens.text()))
        self._opens.set_tone(Tone.TODAY if safety.stays_here else Tone.QUIET)

    def make_code(self) -> None:
        """Draw a recovery code and show its paper."""
        self._codes.draw()

    def forget(self) -> None:
        """Keep no second copy from now on."""
        self._copies.forget(lambda _: self.changed.emit())

    @property
    def under_way(self) -> bool:
        """Whether a backup or a second copy is being written."""
        return self._going.under_way

    def stop(self) -> None:
        """Leave it: what was there before stays."""
        self._going.stop()

    def ask_place(self) -> None:
        """Let the officer say on which stick or disk the second copy is kept."""
        if not self.under_way:
            ask_folder(self, "Giữ bản thứ hai ở", self.keep_copy_in)

    def keep_copy_in(self, folder: str) -> None:
        """Keep the second copy there from now on."""
        self._said.setText("")
        way = self._going.begin(COPYING, NOT_COPIED)
        self._copies.keep_in(Path(folder), self._placed, way.reached_of)

    def ask_file(self) -> None:
        """Let the officer say where the backup goes."""
        kinds, name = f"Bản sao lưu (*{SUFFIX})", f"sao-luu{SUFFIX}"
        if not self.under_way:
            ask_where(self, "Sao lưu vào", kinds, SUFFIX, self.back_up, name)

    def back_up(self, file: str) -> None:
        """Write a backup into `file`, unless something is being written."""
        if self.under_way:
            return
        self._said.setText("")
        way = self._going.begin(BACKING_UP, NOT_BACKED_UP)
        work = partial(self._keeps.back_up, Path(file), way.reached_of)
        self._jobs.run(Lane.COPY, work, partial(self._backed_up, Path(file).name))

    # --- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for part in (
            column(self._copy, self._place, row(self._choose, self._forget, None)),
            column(self._backup, row(self._back_up, self._restore, None)),
            column(self._code, self._opens, row(self._make, None)),
        ):
            part.setSpacing(Space.TIGHT)
            self.body.addLayout(part)
            self.body.addSpacing(Space.WITHIN)
        told = QGridLayout()
        told.addWidget(self._said, 0, 0)
        told.addWidget(self._going, 0, 0)  # over the words, which are silent meanwhile
        self.body.addLayout(told)

    def _show_copy(self, safety: Safety, state: State) -> None:
        self._forget.setVisible(bool(safety.place))
        if not safety.place:
            self._copy.say("Bản thứ hai: không giữ", *_mark(False))
            self._place.setText("Cắm sẵn USB hoặc ổ thứ hai: mỗi việc được chép ngay sang đó.")
            return
        self._copy.say(HAS_ONE if state.copied else HAS_NONE, *_mark(state.copied, worry=True))
        where = f"Ở {_short(safety.place)}"
        if safety.same_disk:
            where = f"{where}. {SAME_DISK}"
        why = "" if state.copied else state.sentence.removeprefix(f"{HAS_NONE}.").strip()
        self._place.say(why or where, Tone.TODAY if why or safety.same_disk else Tone.QUIET)

    def _placed(self, result: Ok[State] | Err) -> None:
        self._going.end()
        if isinstance(result, Ok):
            self._said.say(result.value.sentence, Tone.DONE if result.value.copied else Tone.LATE)
        else:
            self._said.say(str(result.error), Tone.LATE)
        self.changed.emit()

    def _backed_up(self, name: str, result: Ok[int] | Err) -> None:
        self._going.end()
        if isinstance(result, Ok):
            words = f"Đã sao lưu {result.value} sự kiện vào {name}, và đã đọc lại đúng."
            self._said.say(words, Tone.DONE)
        else:
            self._said.say(str(result.error), Tone.LATE)
        self.changed.emit()

    def _code_kept(self) -> None:
        self._copies.look_again()
        self.changed.emit()


def _short(place: str) -> str:
    """A path in the words that tell it: where it begins, and its last two folders."""
    path = Path(place)
    first, *rest = path.parts
    return place if len(rest) <= 2 else f"{first}…{os.sep}{Path(*rest[-2:])}"


def _mark(is_well: bool, *, worry: bool = False) -> tuple[Tone, str]:
    """In which colour and with which icon it is said; `worry`: when it isn't well, that is bad."""
    if is_well:
        return Tone.DONE, "circle-check"
    return (Tone.TODAY, "triangle-alert") if worry else (Tone.QUIET, "circle-minus")
