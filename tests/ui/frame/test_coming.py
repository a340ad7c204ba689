"""What is still to be built comes a step a turn, and whatever else is due comes between."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.frame.coming import Coming


def test_what_falls_due_during_a_step_comes_before_the_next(
    qapp: QApplication, qtbot: QtBot
) -> None:
    owner, order = QObject(), list[str]()
    beat = QTimer(owner, interval=1)
    beat.timeout.connect(lambda: order.append("beat"))

    def step() -> None:
        order.append("step")
        while beat.remainingTime() > 0:
            pass

    def last_step() -> None:
        order.append("last")
        beat.stop()

    coming = Coming(owner)
    coming.begin(beat.start, step, step, last_step)
    qtbot.waitUntil(lambda: not coming.is_under_way)
    steps = "".join(order)
    assert "stepstep" not in steps
    assert "steplast" not in steps


def test_leaving_takes_no_further_step(qapp: QApplication, qtbot: QtBot) -> None:
    owner, taken = QObject(), list[int]()
    coming = Coming(owner)
    coming.begin(lambda: taken.append(1), coming.leave, lambda: taken.append(3))
    qtbot.waitUntil(lambda: not coming.is_under_way)
    qapp.processEvents()
    assert taken == [1]
