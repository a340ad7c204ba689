"""A PC that dies offline takes no scan with it either: the second copy holds those no server has."""

from pathlib import Path

import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.facts import Document
from app.store.own.attachments import BESIDE, Whereabouts
from app.store.own.sealed_files import SealedFiles
from app.sync.second_copy import SecondCopy
from tests.making import ACounter
from tests.sync.test_second_copy import counter, on_another_machine, second, stick

__all__ = ["counter", "second", "stick"]

PDF = b"%PDF-1.7 mot trang"


def a_scan(counter: ACounter, content: bytes = PDF) -> e.EventName:
    """A dossier received with one paper, which was scanned."""
    name = counter.receive(documents=(Document("Tờ khai", originals=1),)).name
    digitising = counter.desk.digitising
    digitising.tie(name, 1, digitising.seal(content, 1), counter.officer)
    return name


def on_stick(stick: Path) -> set[str]:
    return set(SealedFiles(stick / BESIDE).all())


def test_a_scan_is_on_the_stick_with_its_deed_and_comes_back_from_it(
    counter: ACounter, stick: Path, second: SecondCopy, tmp_path: Path
) -> None:
    name = a_scan(counter)
    assert second.follow().copied
    again, _ = on_another_machine(counter, stick, tmp_path / "new")
    (paper,) = again.desk.digitising.papers(again.desk.lookup.dossier(name))
    assert paper.places == (Whereabouts.HERE,)
    assert again.desk.digitising.open(paper.line.attachments[0]) == PDF


def test_a_deed_without_a_scan_copies_none_again(
    counter: ACounter, stick: Path, second: SecondCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = a_scan(counter)
    second.follow()
    read: list[str] = []
    monkeypatch.setattr(SealedFiles, "read", lambda _, file: read.append(file))
    counter.do(Deed.HAND_OVER, name)
    assert second.follow().copied
    assert read == []


def test_a_copy_looked_at_again_is_not_given_what_it_holds(
    counter: ACounter, stick: Path, second: SecondCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_scan(counter)
    second.follow()
    read: list[str] = []
    monkeypatch.setattr(SealedFiles, "read", lambda _, file: read.append(file))
    assert second.look_again().copied
    assert read == []


def test_a_stick_that_comes_back_is_given_what_it_lacks(
    counter: ACounter, stick: Path, second: SecondCopy
) -> None:
    away = stick.with_name("rút ra")
    stick.rename(away)
    a_scan(counter)
    assert not second.follow().copied
    away.rename(stick)
    assert second.follow().copied
    assert len(on_stick(stick)) == 1


def test_what_a_server_holds_is_not_copied(
    counter: ACounter, stick: Path, second: SecondCopy
) -> None:
    a_scan(counter)
    counter.store.database.run("UPDATE attachments SET there = 1")
    second.follow()
    assert on_stick(stick) == set()
