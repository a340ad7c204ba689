"""Prints through CUPS, and asks it what became of a job.

It is asked in IPP and not through `lp` and `lpstat`: those need a package that may lack, and lpstat
shows a job that CUPS gave up exactly as one that was printed.
"""

import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

from app.models.errors import OtherSideFailed
from app.printing import ipp
from app.printing.ipp import Answer, Attribute, Group, Operation, Tag
from app.printing.paper import Paper
from app.printing.spooler import JobId, JobState, Printer, Progress, Readiness

_SOCKET = "/run/cups/cups.sock"
_PORT = 631
_PATIENCE = 10.0
"""Seconds to wait for an answer."""

# CUPS ends its answer to HTTP 1.0 by closing the line: an HTTP library would only load slowly.
# Without the name it goes by it answers in HTML.
_POST = (
    "POST / HTTP/1.0\r\nHost: {host}\r\n"
    "Content-Type: application/ipp\r\nContent-Length: {length}\r\n\r\n"
)

_NOT_FOUND = 0x0406

_MEDIA = {Paper.A5: "iso_a5_148x210mm", Paper.A4: "iso_a4_210x297mm"}

_READINESS = {3: Readiness.IDLE, 4: Readiness.BUSY, 5: Readiness.STOPPED}

_PROGRESS = {
    3: JobState(Progress.QUEUED),
    4: JobState(Progress.QUEUED, "lệnh in đang bị giữ lại"),
    5: JobState(Progress.PRINTING),
    6: JobState(Progress.QUEUED, "máy in đã dừng"),
    7: JobState(Progress.FAILED, "lệnh in đã bị hủy"),
    8: JobState(Progress.FAILED, "máy in không nhận tài liệu này"),
    9: JobState(Progress.DONE),
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

_MESSAGES = {
    "The printer may not exist or is unavailable at this time.": _REASONS["offline"],
    "The printer is not responding.": _REASONS["timed-out"],
    "Waiting for printer to become available.": _REASONS["offline"],
}
"""What CUPS' own IPP backend says in English and tells by no keyword."""


class Cups:
    """The CUPS of this machine; `server` is a socket path or host:port, else CUPS_SERVER's."""

    def __init__(self, server: str = "") -> None:
        self._server = server

    def printers(self) -> list[Printer]:
        """The queues, by name; none is an empty list."""
        wanted = ("printer-name", "printer-state", "printer-state-reasons", "printer-state-message")
        found = self._ask(Operation.GET_PRINTERS, _wanting(*wanted))
        if found.status == _NOT_FOUND:
            return []
        default = self._ask(Operation.GET_DEFAULT, _wanting("printer-name"))
        chosen = {_first(group, "printer-name", "") for group in default.groups}
        printers = [_printer(group, chosen) for group in found.groups if "printer-name" in group]
        return sorted(printers, key=lambda printer: printer.name)

    def send(self, pdf: bytes, printer: str, title: str, copies: int, paper: Paper) -> JobId:
        """Hands a PDF over as it is; the printer neither scales nor collates it."""
        asked = self._ask(
            Operation.PRINT_JOB,
            (
                (Tag.URI, "printer-uri", f"ipp://localhost/printers/{printer}"),
                (Tag.NAME, "requesting-user-name", "motcua"),
                (Tag.NAME, "job-name", title),
                (Tag.MIME, "document-format", "application/pdf"),
            ),
            (
                (Tag.INTEGER, "copies", copies),
                (Tag.KEYWORD, "media", _MEDIA[paper]),
                (Tag.KEYWORD, "print-scaling", "none"),
            ),
            pdf,
        )
        if asked.status == _NOT_FOUND:
            raise OtherSideFailed(
                f"Không còn máy in “{printer}”. Hãy chọn máy in khác rồi in lại; hồ sơ đã được lưu."
            )
        for group in asked.groups:
            if "job-id" in group:
                return JobId(str(group["job-id"][0]))
        raise OtherSideFailed(
            f"Máy in “{printer}” không nhận lệnh in (mã {asked.status:#06x}). "
            "Hãy kiểm tra máy in rồi in lại; hồ sơ đã được lưu."
        )

    def job_state(self, job: JobId) -> JobState:
        """What became of a job."""
        wanted = (
            "job-state",
            "job-state-reasons",
            "job-printer-state-reasons",
            "job-printer-state-message",
        )
        about: tuple[Attribute, ...] = (
            (Tag.URI, "job-uri", f"ipp://localhost/jobs/{job}"),
            (Tag.NAME, "requesting-user-name", "motcua"),
        )
        asked = self._ask(Operation.GET_JOB_ATTRIBUTES, (*about, *_wanting(*wanted)))
        for group in asked.groups:
            if "job-state" in group:
                return _job_state(group)
        raise OtherSideFailed(
            "Dịch vụ in không còn nhớ lệnh in này. Hãy xem giấy đã ra chưa rồi ghi lại kết quả."
        )

    def _ask(
        self,
        operation: Operation,
        about: Iterable[Attribute],
        job: Iterable[Attribute] = (),
        document: bytes = b"",
    ) -> Answer:
        request = ipp.request(operation, about, job) + document
        try:
            address = _address(self._server or os.environ.get("CUPS_SERVER", ""))
            host = "localhost" if isinstance(address, str) else address[0]
            with _connected(address) as link:
                link.sendall(_POST.format(host=host, length=len(request)).encode() + request)
                reply = b"".join(iter(lambda: link.recv(1 << 16), b""))
            _, _, message = reply.partition(b"\r\n\r\n")
            return ipp.answer(message)
        except (OSError, ValueError) as error:
            raise OtherSideFailed(
                "Không liên lạc được với dịch vụ in (CUPS) của máy này. "
                "Hãy kiểm tra dịch vụ in đang chạy rồi in lại; hồ sơ đã được lưu."
            ) from error


def _address(server: str) -> str | tuple[str, int]:
    """The path of a socket, or host and port."""
    if server.startswith("/"):
        return server
    if not server and Path(_SOCKET).exists():
        return _SOCKET
    host, _, port = (server or "localhost").partition(":")
    return host, int(port or _PORT)


def _connected(address: str | tuple[str, int]) -> socket.socket:
    if not isinstance(address, str):
        return socket.create_connection(address, _PATIENCE)
    if sys.platform != "win32":
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(_PATIENCE)
        try:
            link.connect(address)
        except OSError:
            link.close()
            raise
        return link
    else:  # noqa: RET505  # mypy skips a platform's branch, not what follows it
        raise OSError(address)  # Windows has no CUPS and prints through Qt


def _wanting(*names: str) -> tuple[Attribute, ...]:
    return tuple(
        (Tag.KEYWORD, "" if i else "requested-attributes", name) for i, name in enumerate(names)
    )


def _printer(group: Group, default: set[str | int]) -> Printer:
    name = str(_first(group, "printer-name", ""))
    state = _READINESS.get(int(_first(group, "printer-state", 3)), Readiness.STOPPED)
    keywords = group.get("printer-state-reasons", ())
    message = str(_first(group, "printer-state-message", ""))
    # An idle queue goes on repeating what hindered its last job.
    reason = "" if state is Readiness.IDLE else _reason(keywords, message)
    return Printer(name, name in default, state, reason)


def _job_state(group: Group) -> JobState:
    state = _PROGRESS.get(int(_first(group, "job-state", 3)), _PROGRESS[3])
    if state.progress is Progress.DONE:
        return state
    keywords = (*group.get("job-printer-state-reasons", ()), *group.get("job-state-reasons", ()))
    reason = _reason(keywords, str(_first(group, "job-printer-state-message", "")))
    return JobState(state.progress, reason or state.reason)


def _reason(keywords: Iterable[str | int], message: str) -> str:
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


def _first(group: Group, name: str, default: str | int) -> str | int:
    return group.get(name, (default,))[0]
