"""Says in Vietnamese what CUPS tells of a printer or a job."""

from collections.abc import Iterable

from app.models.dossiers.print_state import PrintState
from app.printing.printers.ipp import Group, Value
from app.printing.printers.spooler import JobState, Printer, Readiness

_READINESS = {3: Readiness.IDLE, 4: Readiness.BUSY, 5: Readiness.STOPPED}

_STATES = {
    3: JobState(PrintState.ACCEPTED),
    4: JobState(PrintState.ACCEPTED, "lệnh in đang bị giữ lại"),
    5: JobState(PrintState.PRINTING),
    6: JobState(PrintState.ACCEPTED, "máy in đã dừng"),
    7: JobState(PrintState.FAILED, "lệnh in đã bị hủy"),
    8: JobState(PrintState.FAILED, "máy in không nhận tài liệu này"),
    9: JobState(PrintState.DONE),
}
"""The job states of RFC 8011."""

_REASONS = {
    "media-empty": "hết giấy",
    "media-needed": "hết giấy",
    "media-jam": "kẹt giấy",
    "input-tray-missing": "thiếu khay giấy",
    "cover-open": "nắp máy đang mở",
    "door-open": "nắp máy đang mở",
    "toner-empty": "hết mực",
    "marker-supply-empty": "hết mực",
    "offline": "máy in đang tắt hoặc mất kết nối",
    "connecting-to-device": "máy in đang tắt hoặc mất kết nối",
    "timed-out": "máy in không trả lời",
    "paused": "máy in đang tạm dừng",
    "printer-stopped": "máy in đang tạm dừng",
    "cups-held-for-authentication": "máy in đòi mật khẩu",
    "job-canceled-by-user": "lệnh in đã bị hủy",
    "job-canceled-at-device": "lệnh in đã bị hủy tại máy in",
    "document-format-error": "máy in không đọc được tài liệu",
}
"""Keywords of RFC 8011 and CUPS, most telling first; severity suffixes are cut."""

REMEDIES = {
    "hết giấy": "Thêm giấy",
    "kẹt giấy": "Gỡ giấy kẹt",
    "thiếu khay giấy": "Lắp khay giấy",
    "nắp máy đang mở": "Đóng nắp máy",
    "hết mực": "Thay mực",
    "máy in đang tắt hoặc mất kết nối": "Bật máy in, xem lại dây hoặc mạng",
    "máy in không trả lời": "Tắt máy in rồi bật lại",
    "máy in đang tạm dừng": "Cho máy in chạy tiếp",
    "máy in đã dừng": "Cho máy in chạy tiếp",
}
"""What to do about what hinders a printer, so that what waits in it comes out by itself."""

_MESSAGES = {
    "The printer may not exist or is unavailable at this time.": _REASONS["offline"],
    "The printer is not responding.": _REASONS["timed-out"],
    "Waiting for printer to become available.": _REASONS["offline"],
}
"""What CUPS' own IPP backend says in English and tells by no keyword."""

ABOUT_PRINTER = ("printer-name", "printer-state", "printer-state-reasons", "printer-state-message")
ABOUT_JOB = (
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-printer-state-reasons",
    "job-printer-state-message",
    "job-printer-uri",
    "time-at-processing",
)


def printer_of(group: Group, default: set[Value]) -> Printer:
    """A queue, by its attributes `ABOUT_PRINTER`."""
    name = str(first(group, "printer-name", ""))
    state = _READINESS.get(int(first(group, "printer-state", 3)), Readiness.STOPPED)
    keywords = group.get("printer-state-reasons", ())
    message = str(first(group, "printer-state-message", ""))
    # An idle queue goes on repeating what hindered its last job.
    reason = "" if state is Readiness.IDLE else _reason(keywords, message)
    return Printer(name, name in default, state, reason)


def state_of(group: Group) -> JobState:
    """What became of a job, by its attributes `ABOUT_JOB`."""
    state = _STATES.get(int(first(group, "job-state", 3)), _STATES[3])
    if state.state is PrintState.DONE:
        return state
    if "job-incoming" in group.get("job-state-reasons", ()):
        return JobState(PrintState.OPENED)
    keywords = (*group.get("job-printer-state-reasons", ()), *group.get("job-state-reasons", ()))
    message = str(first(group, "job-printer-state-message", ""))
    # A printer at work says what it does, not what hinders it.
    heard = "" if state.state is PrintState.PRINTING and message not in _MESSAGES else message
    return JobState(state.state, _reason(keywords, heard) or state.reason)


def _reason(keywords: Iterable[Value], message: str) -> str:
    """The Vietnamese for the most telling keyword, else what the printer itself says."""
    told = {
        str(word).removesuffix("-error").removesuffix("-warning").removesuffix("-report")
        for word in keywords
    }
    for keyword, words in _REASONS.items():
        if keyword in told:
            return words
    if message in _MESSAGES:
        return _MESSAGES[message]
    return f"máy in báo: “{message}”" if message else ""


def first(group: Group, name: str, default: Value) -> Value:
    """The first value of an attribute."""
    return group.get(name, (default,))[0]
