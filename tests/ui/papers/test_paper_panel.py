"""All papers of a dossier from its page, by keys: what there is, how often it was printed, what became of it."""

from PySide6.QtWidgets import QApplication

from app.desk.papers.forms import FORMS, TICKET
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.event import EventName
from app.ui.dossier.view import look
from app.ui.dossier_page.page import PAPERS_KEY, DossierPage
from app.ui.papers.paper_panel import lines_of
from app.ui.papers.sheet_orders import HANDED_OVER
from app.ui.widgets.buttons import LinkButton
from tests.ui.commune import Commune, Heard, faults_at_each_size, hit
from tests.ui.dossier_page.test_dossier_page import page
from tests.ui.keys import press

__all__ = ["page"]


def show_one(commune: Commune, page: DossierPage, *deeds: Deed) -> EventName:
    name = commune.receive(procedure="1.013949")
    commune.do(name, *deeds)
    page.show_dossier(name)
    page.entered()
    return name


def printed(commune: Commune, name: EventName, form: str) -> EventName:
    """A paper that was printed into a folder."""
    press_, paper = commune.desk.press, commune.desk.paperwork.issue(form, name, commune.officer())
    press_.go(paper.job, "PDF:/tmp")
    press_.sent(paper.job)
    return paper.job


def test_the_papers_are_those_that_apply_now_and_the_list_it_went_with(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER)
    forms = [line.form for line in lines_of(look(commune.desk, name))]
    assert forms == [*commune.desk.paperwork.papers(name), TICKET, HANDED_OVER]
    assert "apology" not in forms


def test_a_paper_is_chosen_by_arrows_and_shown_by_enter(
    commune: Commune, page: DossierPage
) -> None:
    heard = Heard(page)
    name = show_one(commune, page)
    hit(page, PAPERS_KEY, "Down", "Return")
    second = commune.desk.paperwork.papers(name)[1]
    assert heard.printed == [(second, name)]
    assert second in FORMS


def test_it_says_how_often_and_when_each_was_printed(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page)
    for _ in range(2):
        printed(commune, name, "receipt")
    commune.pass_time(5)
    said = {line.form: line.printed for line in lines_of(look(commune.desk, name))}
    assert said["receipt"] == "2 lần, lúc 08:00"
    assert said["control"] == "chưa in"


def test_a_spoiled_copy_is_said_by_keys_alone_and_printed_anew(
    commune: Commune, page: DossierPage
) -> None:
    heard = Heard(page)
    name = show_one(commune, page)
    job = printed(commune, name, "receipt")
    page.refresh()
    hit(page, PAPERS_KEY)
    QApplication.processEvents()
    for _ in range(9):
        press(page, "\t")
        focus = QApplication.focusWidget()
        if isinstance(focus, LinkButton) and focus.accessibleName() == "Hỏng giấy, in lại":
            break
    hit(page, "Space")
    body = commune.last_event(name).body
    assert isinstance(body, e.PrintSpoiled)
    assert (body.printed, body.copy) == (str(job), 1)
    assert heard.printed == [("receipt", name)]


def test_esc_closes_the_papers_and_leaves_the_dossier_open(
    commune: Commune, page: DossierPage
) -> None:
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    show_one(commune, page)
    hit(page, PAPERS_KEY, "Escape")
    assert page._deeds.currentWidget() is page._buttons
    assert left == []


def test_a_voided_number_has_no_paper(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, Deed.VOID)
    assert lines_of(look(commune.desk, name)) == []
    hit(page, PAPERS_KEY)
    assert not page._papers._go.isEnabled()


def test_nothing_is_cut_or_overlaps_with_every_paper_there_is(
    commune: Commune, page: DossierPage, dressed: QApplication
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    for form in commune.desk.paperwork.papers(name):
        printed(commune, name, form)
    page.refresh()
    hit(page, PAPERS_KEY)
    assert faults_at_each_size(page, dressed) == []
