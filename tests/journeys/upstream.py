"""A real server, and others that are none, each a process of its own on loopback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.demo.beside import serving

__all__ = ["announced", "enrolment_code", "portal", "serving"]

# answers everything with a page, as the log-in page of a network does
_PORTAL = """
from http.server import BaseHTTPRequestHandler, HTTPServer

class Portal(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html>Xin chao. Hay dang nhap mang.</html>")
    def log_message(self, *_):
        pass

server = HTTPServer(("127.0.0.1", 0), Portal)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""


@contextmanager
def portal() -> Iterator[str]:
    """The address of a server that answers 200 and HTML to whatever it is told."""
    command = [sys.executable, "-c", _PORTAL]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def enrolment_code(folder: Path, unit: str) -> str:
    """A one-time code for a counter of `unit`, which is added if the server lacks it."""
    _ask(folder, "unit", "add", unit, "xã Khánh Hà")
    return str(json.loads(_ask(folder, "enrol", unit))["code"])


def announced(folder: Path, text: str) -> None:
    """Let the server at `folder` announce something to all its units."""
    _ask(folder, "notice", "send", text, "--all")


def _ask(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "server.cli", *words, "--data", str(folder), "--json"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
