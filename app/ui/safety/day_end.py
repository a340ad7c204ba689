"""Whether the day can be left: what the server has signed for, and what would outlive this PC."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QObject

from app.sync.safety import Safety
from app.sync.second_copy import HAS_NONE, HAS_ONE, State
from app.sync.standing import Standing
from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.words import LOST, short
from app.ui.lanes.jobs import Err, Ok
from app.ui.look.theme import Tone

OLD = 7  # days after which a backup is worth another

Tell = Callable[[str, Tone, str], None]


class Point(NamedTuple):
    """One thing that stands well, or doesn't, in a few words."""

    words: str
    tone: Tone
    icon: str


def points(
    standing: Standing, copy: State, safety: Safety | None, today: date
) -> tuple[Point, ...]:
    """The server's word, the second copy, the backup: in this order, each in one line."""
    found = [_server(standing), _copy(copy)]
    if safety is not None:
        found.append(_backup(safety, copy, today))
    return tuple(found)


def in_one(found: tuple[Point, ...], when: str = "Hết ngày") -> Point:
    """All of them in one sentence, in the colour of the worst."""
    words = "; ".join(f"{point.words[0].lower()}{point.words[1:]}" for point in found)
    tones = {point.tone for point in found}
    tone = next((worry for worry in (Tone.LATE, Tone.TODAY) if worry in tones), Tone.DONE)
    icon = "circle-check" if tone is Tone.DONE else "triangle-alert"
    return Point(f"{when}: {words}.", tone, icon)


def _server(standing: Standing) -> Point:
    if not standing.server:
        return Point("Chưa nối cấp trên, hồ sơ chỉ ở máy này", Tone.QUIET, "cloud-off")
    if standing.lost:
        return Point(LOST.format(len(standing.lost)), Tone.LATE, "cloud-alert")
    if nowhere := standing.waiting - standing.at_hub:
        since = f", từ {short(standing.oldest)}" if standing.oldest else ""
        return Point(f"Chưa gửi {nowhere} việc{since}", Tone.TODAY, "cloud-off")
    if standing.waiting:
        words = f"{standing.waiting} việc ở trạm trung chuyển, chờ máy chủ"
        return Point(words, Tone.QUIET, "arrow-right-left")
    last = f" lúc {short(standing.acknowledged)}" if standing.acknowledged else ""
    return Point(f"Máy chủ đã xác nhận đủ{last}", Tone.DONE, "cloud-check")


def _copy(copy: State) -> Point:
    if not copy.sentence:
        return Point("Không giữ bản thứ hai", Tone.QUIET, "circle-minus")
    if copy.copied:
        return Point(f"{HAS_ONE} đến việc cuối", Tone.DONE, "circle-check")
    return Point(HAS_NONE, Tone.TODAY, "triangle-alert")


def _backup(safety: Safety, copy: State, today: date) -> Point:
    """With a second copy, which begins with a backup, its age is no worry."""
    if safety.backed_up is None:
        worry = Tone.QUIET if copy.copied else Tone.TODAY
        return Point("Chưa sao lưu lần nào", worry, _icon(worry))
    if not (age := (today - safety.backed_up.date()).days):
        return Point(f"Đã sao lưu hôm nay, {safety.backed_up:%H:%M}", Tone.DONE, "circle-check")
    tone = Tone.TODAY if age > OLD and not copy.copied else Tone.QUIET
    return Point(f"Sao lưu lần cuối {age} ngày trước", tone, _icon(tone))


def _icon(tone: Tone) -> str:
    return "triangle-alert" if tone is Tone.TODAY else "circle-minus"


class DayEnd(QObject):
    """Says once how the day ended: when its hours are over and the last exchange was tried."""

    def __init__(
        self,
        exchanges: Exchanges,
        found: Callable[[], tuple[Point, ...]],
        tell: Tell,
    ) -> None:
        super().__init__(exchanges)
        self._found, self._tell = found, tell
        self._was_open = self._is_due = self._was_tried = False
        exchanges.stood.connect(self._stood)
        exchanges.ended.connect(self._ended)

    def _ended(self, _: object) -> None:
        self._was_tried = self._is_due

    def _stood(self, result: Ok[Standing] | Err) -> None:
        if isinstance(result, Err):
            return
        standing = result.value
        if not standing.day_is_over:
            self._was_open, self._is_due, self._was_tried = True, False, False
            return
        self._is_due, self._was_open = self._is_due or self._was_open, False
        if self._is_due and (self._was_tried or not standing.server):
            self._is_due = self._was_tried = False
            self._tell(*in_one(self._found()))
