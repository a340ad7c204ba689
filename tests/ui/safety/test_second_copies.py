from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.store.backup import KEY_RING
from app.sync.second_copy import SecondCopy, State, lying_in
from app.ui.frame.frame import Light
from app.ui.lanes.jobs import Jobs, ThreadLanes
from app.ui.look.theme import Tone
from app.ui.safety.second_copies import SecondCopies, with_second_copy
from tests.making import ACounter, a_counter
from tests.ui.commune import InlineLanes

COPIED = State(copied=True, sentence="Đã có bản thứ hai.")
WITHIN = 2000  # ms


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.database.with_name(KEY_RING).write_bytes(b"ring")
    (tmp_path / "usb").mkdir()
    SecondCopy(made.store).set(tmp_path / "usb")
    return made


@pytest.fixture
def copies(qapp: QApplication, counter: ACounter) -> Iterator[SecondCopies]:
    jobs = Jobs(ThreadLanes())
    made = SecondCopies(lambda: SecondCopy(counter.store.beside()), jobs)
    yield made
    jobs.close()
    made.finish()


def bundles(folder: Path) -> int:
    found = lying_in(folder)
    assert found is not None
    return len(found.tail)


def test_a_deed_is_copied_within_two_seconds_and_the_desk_never_asks(
    counter: ACounter, copies: SecondCopies, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(copies.stood, timeout=WITHIN) as stood:
        copies.begin()
    assert stood.args == [COPIED]
    with qtbot.waitSignal(copies._timer.timeout, timeout=WITHIN):
        counter.receive()
    copies._timer.stop()
    copies._jobs.close()
    assert bundles(tmp_path / "usb") == 2


def test_a_pulled_stick_is_told_once_and_so_is_its_return(
    qapp: QApplication, counter: ACounter, tmp_path: Path
) -> None:
    copies = SecondCopies(lambda: SecondCopy(counter.store.beside()), Jobs(InlineLanes()))
    stood = QSignalSpy(copies.stood)
    copies.follow()
    (tmp_path / "usb").rename(tmp_path / "pulled")
    for _ in range(3):
        copies.follow()
    (tmp_path / "pulled").rename(tmp_path / "usb")
    copies.follow()
    told = [stood.at(n)[0].copied for n in range(stood.count())]
    assert told == [True, False, True]
    copies.finish()


def test_the_last_deed_is_copied_as_the_window_closes(
    counter: ACounter, copies: SecondCopies, tmp_path: Path
) -> None:
    copies.follow()
    copies._jobs.close()
    counter.receive()
    assert copies.finish() == COPIED
    assert bundles(tmp_path / "usb") == 2


@pytest.mark.parametrize(
    ("state", "words", "tone"),
    [
        (State(copied=False, sentence=""), "Đã gửi hết", Tone.DONE),
        (COPIED, "Đã gửi hết · đã có bản thứ hai", Tone.DONE),
        (State(False, "Chưa có bản thứ hai. Không thấy ổ."), "Đã gửi hết · chưa có bản thứ hai", Tone.TODAY),
    ],
)  # fmt: skip
def test_the_light_says_whether_a_second_copy_is_there(
    state: State, words: str, tone: Tone
) -> None:
    light = with_second_copy(Light("cloud-check", "Đã gửi hết", Tone.DONE), state)
    assert (light.words, light.tone) == (words, tone)
