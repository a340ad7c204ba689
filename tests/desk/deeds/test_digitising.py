import errno
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.desk.deeds.details import Details
from app.desk.deeds.digitising import LEFT_AFTER, MOST_CONTENT, Digitising, Scan
from app.desk.intake.blank_draft import BlankDraft
from app.desk.intake.receiving import Receipt
from app.models.dossiers.checklist import DocumentState
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.facts import Document
from app.store.database.database import StorageFailed
from app.store.own.attachments import Attachments, Whereabouts
from tests.making import ACounter, a_counter

PDF = b"%PDF-1.7 " + bytes(range(256)) * 200


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


@pytest.fixture
def desk(counter: ACounter) -> Digitising:
    return Digitising(counter.store, counter.clock)


def received(counter: ACounter, **more: str) -> Receipt:
    return counter.receive(documents=(Document("Tờ khai", originals=1),), **more)


def papers(counter: ACounter, name: e.EventName) -> list[DocumentState]:
    found = Digitising(counter.store, counter.clock).papers(counter.desk.lookup.dossier(name))
    return [paper.line.state for paper in found]


def test_a_scan_tied_to_a_paper_opens_again(counter: ACounter, desk: Digitising) -> None:
    name = received(counter).name
    assert DocumentState.DIGITISED not in papers(counter, name)
    desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)
    assert papers(counter, name)[0] is DocumentState.DIGITISED
    paper = desk.papers(counter.desk.lookup.dossier(name))[0]
    assert (paper.line.pages, paper.places) == (2, (Whereabouts.HERE,))
    assert desk.open(paper.line.attachments[0]) == PDF
    assert desk.only_here() == 1


def test_no_scan_lies_on_disk_in_clear(counter: ACounter, desk: Digitising) -> None:
    desk.tie(received(counter).name, 1, desk.seal(PDF, 2), counter.officer)
    counter.close()
    files = [path for path in counter.folder.rglob("*") if path.is_file()]
    assert len(files) > 1
    assert not any(PDF[:64] in path.read_bytes() for path in files)


def test_the_same_scan_is_not_tied_to_a_paper_twice(counter: ACounter, desk: Digitising) -> None:
    name = received(counter).name
    desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)
    with pytest.raises(Refused, match="đúng bản quét này"):
        desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)
    desk.tie(name, 1, desk.seal(PDF + b".", 2), counter.officer)


def test_another_dossiers_scan_of_the_same_person_is_reused_without_a_copy(
    counter: ACounter, desk: Digitising
) -> None:
    desk.tie(received(counter).name, 1, desk.seal(PDF, 2), counter.officer)
    name = received(counter).name
    (found,) = desk.reusable(name)
    desk.reuse(name, 1, found, counter.officer)
    assert desk.reusable(name) == [found], "its own are no other dossier's"
    assert papers(counter, name)[0] is DocumentState.REUSED
    assert len([*Attachments(counter.store.database).files.folder.rglob("*.*")]) == 0
    assert desk.only_here() == 1


def test_nobody_elses_scans_are_offered(counter: ACounter, desk: Digitising) -> None:
    desk.tie(received(counter).name, 1, desk.seal(PDF, 2), counter.officer)
    assert desk.reusable(received(counter, id_number="001287012346").name) == []


def test_a_scan_taken_back_is_gone_and_can_be_taken_back_once(
    counter: ACounter, desk: Digitising
) -> None:
    name = received(counter).name
    event = desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)
    desk.reverse(name, event, counter.officer)
    assert DocumentState.DIGITISED not in papers(counter, name)
    with pytest.raises(Refused, match="không còn ở hồ sơ"):
        desk.reverse(name, event, counter.officer)


def test_a_paper_that_is_not_on_the_checklist_is_refused(
    counter: ACounter, desk: Digitising
) -> None:
    name, scan = received(counter).name, desk.seal(PDF, 2)
    for number in (0, 99):
        with pytest.raises(BadInput, match="không có thành phần số"):
            desk.tie(name, number, scan, counter.officer)


def test_a_scan_too_long_or_empty_is_refused(desk: Digitising) -> None:
    for content in (b"", bytes(MOST_CONTENT + 1)):
        with pytest.raises(BadInput):
            desk.seal(content, 1)


def test_a_full_disk_ties_nothing(
    counter: ACounter, desk: Digitising, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    name, before = received(counter).name, counter.dump()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="đầy"):
        desk.seal(PDF, 2)
    monkeypatch.undo()
    assert counter.dump() == before
    desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)


def test_a_scan_whose_file_is_gone_says_so(counter: ACounter, desk: Digitising) -> None:
    name = received(counter).name
    desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)
    (file,) = (p for p in (counter.database.parent / "attachments").rglob("*") if p.is_file())
    file.unlink()
    (paper, *_) = desk.papers(counter.desk.lookup.dossier(name))
    assert paper.places == (Whereabouts.MISSING,)
    with pytest.raises(Refused, match="tải về"):
        desk.open(paper.line.attachments[0])


def test_a_scan_that_lost_its_paper_is_placed_in_one_deed(
    counter: ACounter, desk: Digitising
) -> None:
    name = received(counter).name
    event = desk.tie(name, 1, desk.seal(PDF, 2), counter.officer)
    with pytest.raises(Refused, match="đã có chỗ"):
        desk.place(name, event, 1, counter.officer)
    corrected = Details(reason="ghi nhầm", documents=(Document("Tờ khai đổi", 1),))
    counter.do(Deed.CORRECT, name, corrected)
    assert papers(counter, name) == [DocumentState.NOT_YET]
    desk.place(name, event, 1, counter.officer)
    assert papers(counter, name) == [DocumentState.DIGITISED]
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    (one,) = dossier.attachments
    assert (one.document, desk.open(one)) == ("Tờ khai đổi", PDF)


@pytest.mark.parametrize(("pages", "is_doubted"), [(1, True), (2, False), (3, False)])
def test_fewer_pages_than_papers_are_doubted(
    counter: ACounter, desk: Digitising, pages: int, is_doubted: bool
) -> None:
    """TT 01/2023/TT-VPCP Đ.8.2."""
    name = counter.receive(documents=(Document("Tờ khai", originals=2),)).name
    desk.tie(name, 1, desk.seal(PDF, pages), counter.officer)
    (paper,) = desk.papers(counter.desk.lookup.dossier(name))
    assert bool(paper.line.doubt) is is_doubted


# --- what a power cut left ------------------------------------------------------------------------


def an_hour_ago(counter: ACounter, seconds: int = 1) -> None:
    """Let all that was sealed so far be of before the power cut, by so many seconds."""
    before = (counter.clock() - LEFT_AFTER).timestamp() - seconds
    for mark in counter.folder.rglob("*.untied"):
        os.utime(mark, (before, before))


def lying(counter: ACounter, desk: Digitising, *scans: Scan) -> list[bool]:
    desk.clear_up()
    return [desk.is_whole(scan) for scan in scans]


def test_a_scan_that_nothing_names_is_gone_after_the_next_start(
    counter: ACounter, desk: Digitising
) -> None:
    tied, drafted, left = (desk.seal(PDF, pages) for pages in (1, 2, 3))
    desk.tie(received(counter).name, 1, tied, counter.officer)
    body = msgspec.json.encode(BlankDraft(scan=drafted)).decode()
    counter.store.keeping.keep_draft("blank", "nga", "", body, counter.clock())
    an_hour_ago(counter, -60)
    assert lying(counter, desk, tied, drafted, left) == [True, True, True]
    an_hour_ago(counter)
    assert lying(counter, desk, tied, drafted, left) == [True, True, False]
    assert len(list(counter.folder.rglob("*.untied"))) == 1


def test_a_scan_tied_as_the_power_went_stays(counter: ACounter, desk: Digitising) -> None:
    scan = desk.seal(PDF, 2)
    (mark,) = counter.folder.rglob("*.untied")
    desk.tie(received(counter).name, 1, scan, counter.officer)
    mark.touch()  # the deed was on disk, its mark not gone yet
    an_hour_ago(counter)
    assert lying(counter, desk, scan) == [True]
    assert not mark.exists()


def test_what_another_counter_scanned_is_never_taken_for_left_over(
    counter: ACounter, desk: Digitising
) -> None:
    file = Attachments(counter.store.database).files.put(PDF)  # its event may come later
    an_hour_ago(counter)
    desk.clear_up()
    assert Attachments(counter.store.database).files.read(file) == PDF
