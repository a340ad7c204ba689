"""Prints through CUPS, and asks it what became of a job.

It is asked in IPP and not through `lp` and `lpstat`: those need a package that may lack, and lpstat
shows a job that CUPS gave up exactly as one that was printed.

A job is opened empty, then given its document, then closed. CUPS begins none before it is closed,
so whatever fails earlier is provably on no paper.
"""

import os
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.printing.paper import Paper
from app.printing.printers import ipp, roll
from app.printing.printers.cups_words import ABOUT_JOB, ABOUT_PRINTER, first, printer_of, state_of
from app.printing.printers.ipp import Answer, Attribute, Group, Operation, Tag
from app.printing.printers.spooler import (
    Document,
    JobId,
    JobState,
    NotTaken,
    Opened,
    Printer,
    ignore,
)

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
_FAILURES = 0x0100

_MEDIA = {
    Paper.A5: "iso_a5_148x210mm",
    Paper.A4: "iso_a4_210x297mm",
}
_PDF, _DOTS = "application/pdf", "application/vnd.cups-raw"
"""The second reaches the printer as it is, whatever driver its queue has."""

_WHO: Attribute = (Tag.NAME, "requesting-user-name", "motcua")


class Cups:
    """The CUPS of this machine; `server` is a socket path or host:port, else CUPS_SERVER's."""

    def __init__(self, server: str = "") -> None:
        self._server = server

    def printers(self) -> list[Printer]:
        """The queues, by name; none is an empty list."""
        found = self._ask(Operation.GET_PRINTERS, _wanting(*ABOUT_PRINTER))
        if found.status == _NOT_FOUND:
            return []
        default = self._ask(Operation.GET_DEFAULT, _wanting("printer-name"))
        chosen = {first(group, "printer-name", "") for group in default.groups}
        printers = [printer_of(group, chosen) for group in found.groups if "printer-name" in group]
        return sorted(printers, key=lambda printer: printer.name)

    def send(self, document: Document, printer: str, opened: Opened = ignore) -> JobId:
        """Hands a document over as it is; the printer neither scales nor collates it."""
        job = self._open(document, printer)
        opened(job)
        try:
            self._give(job, *_content(document))
        except OtherSideFailed as failed:
            with suppress(OtherSideFailed):
                self.withdraw(job)
            raise NotTaken(str(failed)) from failed
        try:
            self._give(job, b"")
        except NotTaken:
            with suppress(OtherSideFailed):
                self.withdraw(job)
            raise
        return job

    def job_state(self, job: JobId) -> JobState:
        """What became of a job. CUPS forgets one whose queue was deleted, and may when it is killed."""
        group = self._look_at(job)
        if group is None:
            return JobState(PrintState.UNKNOWN)
        told = state_of(group)
        if told == JobState(PrintState.ACCEPTED):  # a waiting job doesn't say that its queue stands
            queue = str(first(group, "job-printer-uri", "")).rpartition("/")[2]
            found = (printer.reason for printer in self.printers() if printer.name == queue)
            return JobState(told.state, next(found, ""))
        return told

    def withdraw(self, job: JobId) -> JobState:
        """Cancel a job that was never closed; one that CUPS began all the same is what it is."""
        if self._look_at(job) is None:
            return JobState(PrintState.REFUSED)
        self._ask(Operation.CANCEL_JOB, _about(job))
        group = self._look_at(job)
        if group is None or first(group, "time-at-processing", "") == "":
            return JobState(PrintState.REFUSED)
        return state_of(group)

    # --- inside -----------------------------------------------------------------------------------

    def _open(self, document: Document, printer: str) -> JobId:
        try:
            asked = self._ask(
                Operation.CREATE_JOB,
                (
                    (Tag.URI, "printer-uri", f"ipp://localhost/printers/{printer}"),
                    _WHO,
                    (Tag.NAME, "job-name", document.name),
                ),
                _wishes(document),
            )
        except OtherSideFailed as failed:  # a job without a document prints nothing
            raise NotTaken(str(failed)) from failed
        if asked.status == _NOT_FOUND:
            raise NotTaken(
                f"Không còn máy in “{printer}”. Hãy chọn máy in khác rồi in lại; hồ sơ đã được lưu."
            )
        for group in asked.groups:
            if "job-id" in group:
                return JobId(f"{group['job-id'][0]} {document.name}")
        raise NotTaken(
            f"Máy in “{printer}” không nhận lệnh in (mã {asked.status:#06x}). "
            "Hãy kiểm tra máy in rồi in lại; hồ sơ đã được lưu."
        )

    def _give(self, job: JobId, content: bytes, format_: str = _PDF) -> None:
        """Give the job its document; nothing more closes it. Raises `NotTaken` when CUPS says no."""
        said = self._ask(
            Operation.SEND_DOCUMENT,
            (
                *_about(job),
                (Tag.MIME, "document-format", format_),
                (Tag.BOOLEAN, "last-document", not content),
            ),
            document=content,
        )
        if said.status >= _FAILURES:
            raise NotTaken(
                f"Máy in không nhận tài liệu (mã {said.status:#06x}). "
                "Hãy kiểm tra máy in rồi in lại; hồ sơ đã được lưu."
            )

    def _look_at(self, job: JobId) -> Group | None:
        """What CUPS says of a job; None when it doesn't know it, or knows another by that number."""
        asked = self._ask(Operation.GET_JOB_ATTRIBUTES, (*_about(job), *_wanting(*ABOUT_JOB)))
        _, _, title = job.partition(" ")
        named = (group for group in asked.groups if "job-state" in group)
        return next((group for group in named if first(group, "job-name", "") == title), None)

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


def _wishes(document: Document) -> tuple[Attribute, ...]:
    if document.paper not in _MEDIA:
        return ((Tag.INTEGER, "copies", document.copies),)
    return (
        (Tag.INTEGER, "copies", document.copies),
        (Tag.KEYWORD, "media", _MEDIA[document.paper]),
        (Tag.KEYWORD, "print-scaling", "none"),
    )


def _content(document: Document) -> tuple[bytes, str]:
    """What the queue is given, and its format: a roll printer knows dots, not PDF."""
    if document.paper is Paper.K80:
        return roll.commands(document.pdf), _DOTS
    return document.pdf, _PDF


def _about(job: JobId) -> tuple[Attribute, ...]:
    number, _, _ = job.partition(" ")
    return (Tag.URI, "job-uri", f"ipp://localhost/jobs/{number}"), _WHO


def _wanting(*names: str) -> tuple[Attribute, ...]:
    return tuple(
        (Tag.KEYWORD, "" if i else "requested-attributes", name) for i, name in enumerate(names)
    )
