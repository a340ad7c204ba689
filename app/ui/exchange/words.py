"""Says in words how the exchange stands, and what one did."""

from datetime import date, datetime
from typing import Protocol

from app.models.exchange.bundle import Bound
from app.models.exchange.messages import Taken
from app.models.text import grouped, weekday
from app.sync.standing import Standing
from app.ui.frame.frame import Light
from app.ui.look.theme import Tone
from app.ui.widgets.fields import written_day

LOST = "Máy chủ làm mất {} số đã xác nhận"
MOST_NUMBERS = 6


class Sent(Protocol):
    """What one exchange did, in counts."""

    @property
    def sent(self) -> int: ...
    @property
    def received(self) -> int: ...
    @property
    def pending(self) -> int: ...
    @property
    def at_hub(self) -> int: ...
    @property
    def forks(self) -> int: ...
    @property
    def silent(self) -> bool: ...
    @property
    def trouble(self) -> str: ...


class ReadBundle(Protocol):
    """What a bundle brought; see `app.sync.carrying.Read`."""

    @property
    def by(self) -> str: ...
    @property
    def taken(self) -> Taken: ...
    @property
    def forks(self) -> int: ...
    @property
    def beyond(self) -> int: ...
    @property
    def files(self) -> int: ...


class Carried(Protocol):
    """A way events have gone; see `app.sync.held.Carrier`."""

    @property
    def kind(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...


def tone_of(sent: Sent) -> Tone:
    """Done only if the server has everything."""
    if sent.forks:
        return Tone.LATE
    return Tone.TODAY if sent.pending else Tone.DONE


def in_words(sent: Sent) -> str:
    """What an exchange did, as the officer is told."""
    if sent.forks:
        return "Máy chủ thấy dữ liệu của máy này bị nhân bản. Hãy gọi tin học cấp trên trước khi làm tiếp."
    if not (sent.sent or sent.received or sent.pending):
        return "Hai bên đã khớp, không có gì mới."
    parts = [
        f"đã gửi {sent.sent} việc" if sent.sent else "",
        f"nhận về {sent.received} cập nhật" if sent.received else "",
    ]
    done = ", ".join(part for part in parts if part) or "chưa gửi được gì"
    near = f", trong đó {sent.at_hub} đã ở trạm trung chuyển" if sent.at_hub else ""
    rest = (
        f"; còn {sent.pending} việc chờ gửi{near}" if sent.pending else "; máy chủ đã xác nhận đủ"
    )
    why = f" {sent.trouble}" if sent.trouble else ""
    return f"{done[0].upper()}{done[1:]}{rest}.{why}"


def light_of(standing: Standing, *, under_way: bool = False) -> Light:
    """The frame's light: amber only for what no exchange has carried anywhere, red only for what the
    server signed for and lost.
    """
    if not standing.server:
        return Light("cloud-off", "Chưa nối cấp trên", Tone.QUIET)
    if standing.lost:
        return Light("cloud-alert", LOST.format(len(standing.lost)), Tone.LATE)
    if not standing.waiting:
        last = standing.acknowledged
        said = f" · máy chủ xác nhận {short(last)}" if last else ""
        return Light("cloud-check", f"Đã gửi hết{said}", Tone.DONE)
    if under_way:
        return Light("refresh-cw", f"Đang gửi {standing.waiting} việc…", Tone.QUIET)
    since = f" · từ {short(standing.oldest)}" if standing.oldest else ""
    if nowhere := standing.waiting - standing.at_hub:
        near = f", {standing.at_hub} việc ở trạm trung chuyển" if standing.at_hub else ""
        return Light("cloud-off", f"Chưa gửi {nowhere} việc{near}{since}", Tone.TODAY)
    words = f"{standing.at_hub} việc ở trạm trung chuyển, chờ máy chủ{since}"
    return Light("arrow-right-left", words, Tone.QUIET)


def lost_in_words(standing: Standing) -> str:
    """Which numbers the server lost, and what to do; "" when it holds all it signed for."""
    if not standing.lost:
        return ""
    first, more = standing.lost[:MOST_NUMBERS], len(standing.lost) - MOST_NUMBERS
    rest = f" và {more} số nữa" if more > 0 else ""
    return (
        f"Máy chủ từng ký là đã có, nay không còn: {', '.join(first)}{rest}. Máy này còn đủ: hãy gửi "
        "lại; gửi rồi vẫn thiếu thì báo tin học cấp trên, đừng xóa gì ở máy này."
    )


def unsent(standing: Standing) -> str:
    """What is said as the window closes; "" when the server has everything."""
    if not (standing.server and standing.waiting):
        return ""
    near = f" ({standing.at_hub} việc đã ở trạm trung chuyển)" if standing.at_hub else ""
    return f"Còn {standing.waiting} việc chưa gửi{near}; còn đủ ở máy này và sẽ tự gửi khi mở lại."


def moment(at: datetime) -> str:
    """To the minute, with the day of the week."""
    return f"{at:%H:%M} {weekday(at.date())} {written_day(at.date())}"


def short(at: datetime) -> str:
    """To the minute, where there is little room."""
    return f"{at:%H:%M} {at:%d/%m}"


def who(called: str) -> str:
    """Somebody of the unit, as bundles name them."""
    return {"server": "máy chủ", "hub": "trạm trung chuyển"}.get(called, f"quầy số {called}")


def has_written(bound: Bound, file: str) -> str:
    """What came of writing a bundle."""
    files = f" và {bound.files} bản số hóa" if bound.files else ""
    left = f" Còn {bound.files_left} bản số hóa chờ gói sau." if bound.files_left else ""
    return (
        f"Đã ghi {bound.sent} việc{files} vào {file} và đọc lại đúng. Hãy mang đến nơi nhận, "
        f"rồi mang gói trả lời về: có gói ấy mới là đã gửi.{left}"
    )


def megabytes(size: int) -> str:
    """Of a file, as people say it; a small one counts for one."""
    return f"{grouped(max(1, round(size / 1_000_000)))} MB"


def has_read(read: ReadBundle) -> str:
    """What came of reading one."""
    if read.forks:
        return "Nơi gửi thấy dữ liệu của máy này bị nhân bản. Hãy gọi tin học cấp trên trước khi làm tiếp."
    parts = [f"{read.taken.received} việc"] if read.taken.received else []
    parts += [f"{read.files} bản số hóa"] if read.files else []
    came = f"nhận {' và '.join(parts)}" if parts else "không có gì mới"
    beyond = " Còn thiếu đoạn ở giữa: hãy ghi gói trả lời và mang về." if read.beyond else ""
    return f"Đã đọc gói của {who(read.by)}: {came}.{beyond}"


def carrier_line(carrier: Carried) -> str:
    """A way events have gone, and when last."""
    name = {"server": "Máy chủ", "hub": "Trạm trung chuyển", "usb": "Gói USB"}[carrier.kind]
    where = f" {carrier.where.partition('://')[2]}" if carrier.where else ""
    when = f"{carrier.at:%H:%M} {written_day(carrier.at.date())}" if carrier.at else ""
    never = {"server": "chưa xác nhận lần nào", "hub": "chưa gặp", "usb": "chưa đọc gói nào"}
    return f"{name}{where}: {when or never[carrier.kind]}"


def lane_line(lane: int, last: str) -> str:
    """A lane held, and how long."""
    until = f"đến hết {written_day(date.fromisoformat(last))}" if last else "không thời hạn"
    return f"Dải số {lane:02d}: {until}"


def book_line(book: int | None) -> str:
    """The book this counter writes in."""
    return f"Quyển {book:02d}: không thời hạn" if book is not None else "Chưa được giao quyển sổ."
