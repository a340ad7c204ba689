import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.dossiers.checklist import DocumentState, lines, unplaced
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.encoding import decode
from app.models.events.facts import Document
from app.models.exchange.sealed_file import ADDED, NotOpened, key_of, name_of, opened, sealed
from tests.models.telling import Story, an_applicant

FORM = Document("Tờ khai", originals=1)
BIRTH = Document("Giấy chứng sinh", originals=3)
CARD = Document("Căn cước", shown=True)
FILE = Digitised(1, "ab" * 32, 40_000, 2)
KEY = key_of(b"k" * 32)


def a_dossier(*papers: Document) -> Story:
    story = Story()
    story.events.clear()
    story._told.clear()
    body = e.Personal(salt="c2FsdA", applicant=an_applicant(), documents=papers)
    first = Story()
    story.tell(first.dossier.received, personal=body)
    return story


def digitise(story: Story, paper: Document, body: Digitised = FILE) -> e.EventName:
    return story.tell(body, personal=e.Personal(salt="c2FsdA", items=(paper.name,), file_key=KEY))


def states(story: Story) -> list[DocumentState]:
    return [line.state for line in lines(story.dossier)]


def test_a_paper_is_not_digitised_until_a_file_belongs_to_it() -> None:
    story = a_dossier(FORM, BIRTH, CARD)
    assert states(story) == [DocumentState.NOT_YET, DocumentState.NOT_YET, DocumentState.SHOWN]
    digitise(story, FORM)
    assert states(story)[:2] == [DocumentState.DIGITISED, DocumentState.NOT_YET]
    (attachment,) = lines(story.dossier)[0].attachments
    assert (attachment.file, attachment.pages, attachment.key) == (FILE.file, 2, KEY)


def test_what_was_reused_says_from_where() -> None:
    story = a_dossier(FORM, BIRTH)
    digitise(story, FORM, msgspec.structs.replace(FILE, how="reused"))
    digitise(story, BIRTH, msgspec.structs.replace(FILE, line=2, how="reused_result"))
    assert states(story) == [DocumentState.REUSED, DocumentState.REUSED_RESULT]


def test_a_file_stays_with_its_paper_when_the_checklist_is_corrected() -> None:
    story = a_dossier(FORM, BIRTH)
    digitise(story, BIRTH, msgspec.structs.replace(FILE, line=2))
    papers = e.Personal(salt="c2FsdA", documents=(BIRTH, CARD))
    story.tell(e.Corrected(fields=("documents",)), personal=papers)
    assert states(story) == [DocumentState.DIGITISED, DocumentState.SHOWN]


def test_a_file_whose_paper_was_taken_off_the_checklist_is_still_told() -> None:
    story = a_dossier(FORM)
    digitise(story, BIRTH)
    assert states(story) == [DocumentState.NOT_YET]
    assert [one.document for one in unplaced(story.dossier)] == [BIRTH.name]


def test_papers_of_one_name_are_told_apart_by_their_number() -> None:
    story = a_dossier(FORM, FORM)
    digitise(story, FORM, msgspec.structs.replace(FILE, line=2))
    assert states(story) == [DocumentState.NOT_YET, DocumentState.DIGITISED]


def test_a_reversed_file_belongs_to_nothing_however_often_it_is_reversed() -> None:
    story = a_dossier(FORM)
    name = digitise(story, FORM)
    for on in (2, 3):
        assert not story.reason(story.tell(DigitisingReversed(str(name)), on=on))
    assert states(story) == [DocumentState.NOT_YET]


def test_taking_back_the_last_step_leaves_the_scan() -> None:
    story = a_dossier(FORM)
    story.do(Deed.HAND_OVER)
    digitise(story, FORM)
    story.do(Deed.UNDO)
    assert states(story) == [DocumentState.DIGITISED]


def test_fewer_pages_than_originals_are_doubted() -> None:
    story = a_dossier(FORM, BIRTH)
    digitise(story, FORM)
    digitise(story, BIRTH, msgspec.structs.replace(FILE, line=2))
    form, birth = lines(story.dossier)
    assert not form.doubt
    assert "3 bản" in birth.doubt
    assert "2 trang" in birth.doubt


def test_an_erased_dossier_keeps_no_key() -> None:
    story = a_dossier(FORM)
    digitise(story, FORM)
    story.events[1] = msgspec.structs.replace(story.events[1], personal=None)
    assert [one.key for one in story.dossier.attachments] == [""]


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab" * 31, "AB" * 32, "ab" * 32 + "\n"])
def test_a_name_that_is_no_hash_is_no_file(name: str) -> None:
    body = {"type": "document_digitised", "line": 1, "file": name, "size": 9, "pages": 1}
    public = msgspec.json.encode({"by": "lan", "at": "2026-11-23T08:00:00+07:00", "body": body})
    read = decode(e.EventName("d", "i", 2), public, None)
    assert isinstance(read.body, e.Unknown)


@given(st.binary(max_size=200))
def test_a_sealed_file_opens_with_its_own_key_only(content: bytes) -> None:
    bytes_ = sealed(content, KEY)
    assert len(bytes_) == len(content) + ADDED
    assert opened(bytes_, KEY) == content
    with pytest.raises(NotOpened):
        opened(bytes_, key_of(b"x" * 32))
    with pytest.raises(NotOpened):
        opened(bytes_, "")


def test_a_file_of_which_one_bit_changed_has_another_name_and_does_not_open() -> None:
    bytes_ = bytearray(sealed(b"anh quet", KEY))
    before = name_of(bytes(bytes_))
    bytes_[20] ^= 1
    assert name_of(bytes(bytes_)) != before
    with pytest.raises(NotOpened):
        opened(bytes(bytes_), KEY)
