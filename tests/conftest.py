"""What holds for every test: no screen, no network but loopback, no warning left unread."""

import ipaddress
import logging
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# nobody's own keyring is written to; whoever needs one brings it
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

# A slow or busy computer is no fault of the code, and a run must be repeatable.
settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("repeatable")


def _refuse_the_world(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    match arguments[1]:
        case (str(host), *_) if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test reached for {host}; only loopback is allowed")


sys.addaudithook(_refuse_the_world)


@pytest.fixture(autouse=True)
def no_unread_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects a line in the log asserts it, then calls `caplog.clear()`."""
    yield
    unread = [
        line.getMessage() for line in caplog.get_records("call") if line.levelno >= logging.WARNING
    ]
    assert not unread, f"unexpected lines in the log: {unread}"
