"""A number is called aloud by the voice there is, by a chime where there is none, and nothing breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess
from pytestqt.qtbot import QtBot

from app.ui.lobby.voice import Voice


@pytest.fixture
def parent(dressed: object) -> QObject:
    return QObject()


def a_speaker(folder: Path) -> tuple[str, Callable[[], list[str]]]:
    """A program that writes down what it is to say, and what it wrote."""
    program, said = folder / "speaker", folder / "said"
    program.write_text(f'#!/bin/sh\necho "$5" >> "{said}"\n', encoding="utf-8")
    program.chmod(0o755)
    return str(program), lambda: said.read_text("utf-8").splitlines() if said.exists() else []


def test_the_voice_says_one_call_at_a_time_and_the_last_of_those_that_wait(
    parent: QObject, tmp_path: Path, qtbot: QtBot
) -> None:
    program, said = a_speaker(tmp_path)
    voice = Voice(program, parent)
    for words in ("một", "hai", "ba"):
        voice.say(words)
    qtbot.waitUntil(lambda: said() == ["một", "ba"])
    voice.say("bốn")
    voice.stop()
    assert voice._process.state() is QProcess.ProcessState.NotRunning


def test_without_a_voice_it_chimes(parent: QObject) -> None:
    chimes: list[str] = []
    Voice("", parent, lambda: chimes.append("x")).say("một")
    assert chimes == ["x"]


def test_a_voice_that_cannot_be_started_is_no_harm(parent: QObject, qtbot: QtBot) -> None:
    chimes: list[str] = []
    voice = Voice("/nirgends/espeak-ng", parent, lambda: chimes.append("x"))
    voice.say("một")
    qtbot.waitUntil(lambda: chimes == ["x"])
    voice.say("hai")
    assert chimes == ["x", "x"]


def test_it_is_silent_where_it_was_told_to_be(parent: QObject) -> None:
    chimes: list[str] = []
    voice = Voice("", parent, lambda: chimes.append("x"))
    voice.is_on = False
    voice.say("một")
    assert chimes == []
