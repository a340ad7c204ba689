"""The checklist: ticks and counts agree, and what was handed in is told as it was."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.events.facts import Document
from app.models.procedures.procedure import DocumentKind
from app.ui.intake.checklist import Checklist, PaperRow
from tests.ui.keys import type_keys

Show = Callable[..., None]

FORM, COPY = "Tờ khai đăng ký khai sinh", "Bản sao hộ chiếu"
CARD, PROOF = "Căn cước (xuất trình)", "Văn bản ủy quyền (nếu có)"
KINDS = (
    DocumentKind(FORM),
    DocumentKind(COPY),
    DocumentKind(CARD, shown_only=True),
    DocumentKind(PROOF, optional=True),
)
WHOLE = (Document(FORM, originals=1), Document(COPY, copies=1), Document(CARD, shown=True))


@pytest.fixture
def checklist(show: Show) -> Checklist:
    checklist = Checklist()
    checklist.offer(KINDS)
    show(checklist, 830, 400)
    return checklist


def row(checklist: Checklist, number: int) -> PaperRow:
    found = checklist._rows[number]
    assert isinstance(found, PaperRow)
    return found


def test_one_key_ticks_what_must_be_there_and_not_what_may_be(checklist: Checklist) -> None:
    QTest.keyClick(checklist, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert checklist.documents() == WHOLE
    assert checklist.missing() == ()


def test_what_is_not_ticked_is_missing_unless_optional(checklist: Checklist) -> None:
    assert checklist.documents() == ()
    assert checklist.missing() == (FORM, COPY, CARD)


def test_a_count_ticks_the_paper_and_no_count_takes_the_tick(checklist: Checklist) -> None:
    first = row(checklist, 0)
    first.counts[2].set_count(3)
    assert checklist.documents() == (Document(FORM, copies=3),)
    first.counts[2].set_count(None)
    assert checklist.documents() == ()


def test_taking_the_tick_takes_the_counts(checklist: Checklist) -> None:
    first = row(checklist, 0)
    first.box.setChecked(True)
    first.box.setChecked(False)
    assert first.numbers() == (0, 0, 0)


def test_another_paper_is_a_line_of_its_own(checklist: Checklist) -> None:
    QTest.keyClick(checklist, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    type_keys(checklist, "Giấy ra viện")
    assert checklist.documents() == (Document("Giấy ra viện", originals=1),)


def test_what_was_handed_in_is_shown_again_as_it_was(checklist: Checklist) -> None:
    documents = (*WHOLE, Document("Giấy ra viện", certified=2))
    checklist.fill(documents)
    assert checklist.documents() == documents


def test_tab_goes_through_the_papers_as_they_are_read(checklist: Checklist) -> None:
    row(checklist, 0).box.setFocus()
    for wanted in (*row(checklist, 0).counts, row(checklist, 1).box):
        type_keys(checklist, "\t")
        assert checklist.focusWidget() is wanted


def test_lines_that_stood_for_other_papers_keep_nothing_of_them(checklist: Checklist) -> None:
    built = set(checklist._rows)
    checklist.fill((*WHOLE, Document(PROOF, certified=1)))
    checklist.offer((DocumentKind(CARD, shown_only=True), DocumentKind(COPY)))
    assert checklist.documents() == ()
    assert checklist.missing() == (CARD, COPY)
    assert set(checklist._rows) < built
    checklist.tick_required()
    assert checklist.documents() == (Document(CARD, shown=True), Document(COPY, copies=1))
    box = row(checklist, 1).counts[0]
    assert box.accessibleName() == f"Bản chính: {COPY}"
    assert box.isVisible()
