"""What is about to be late is apologised for from the board: reason and date stand there already."""

from collections.abc import Callable
from datetime import datetime

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.events.event import EventName
from app.ui.deeds.deeds import KEYS
from app.ui.deeds.forms import DeedForm
from app.ui.window import Window
from tests.ui.commune import TOAN, Commune, hit

Show = Callable[..., None]
ASKED_FOR = datetime(2026, 12, 8, 16, 30, tzinfo=VIETNAM)


def explained(commune: Commune) -> EventName:
    """A dossier whose apology is due today, its resolver's reason and date written down."""
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    commune.now = commune.now.replace(
        day=int(commune.desk.lookup.apology_by(commune.dossier(name).due)[-2:])
    )
    told = Details(reason="chờ cơ quan thuế xác định nghĩa vụ", due=ASKED_FOR)
    commune.desk.progress.do(Deed.EXPLAIN_DELAY, [name], commune.officer(TOAN), told)
    return name


def form(window: Window) -> DeedForm:
    """The form in sight on the dossier's page."""
    (found,) = (x for x in window._dossier.findChildren(DeedForm) if x.isVisible())
    return found


def test_the_tile_counts_and_lists_what_is_owed_today(window: Window, commune: Commune) -> None:
    explained(commune), commune.receive()
    hit(window, "F3", "Ctrl+8")
    assert window._board._tiles._tiles["to_apologise"].accessibleName() == "Xin lỗi hôm nay: 1"
    assert window._board._view.table.rowCount() == 1


def test_the_form_opens_with_the_resolvers_reason_and_date(
    window: Window, commune: Commune
) -> None:
    explained(commune)
    hit(window, "F3", "Ctrl+8", KEYS[Deed.APOLOGISE])
    assert window.page() is window._dossier
    ((deed, told),) = form(window).steps()
    assert deed is Deed.APOLOGISE
    assert (told.reason, told.due) == ("chờ cơ quan thuế xác định nghĩa vụ", ASKED_FOR)


def test_after_the_apology_it_asks_how_the_citizen_was_told(
    window: Window, commune: Commune
) -> None:
    name = explained(commune)
    hit(window, "F3", "Ctrl+8", KEYS[Deed.APOLOGISE], "F9")
    assert commune.dossier(name).due == ASKED_FOR
    ((deed, _),) = form(window).steps()
    assert deed is Deed.TELL
    hit(window, "F9")
    assert commune.dossier(name).untold == ()
    assert not window._dossier._strip.isVisible()


def test_what_owes_no_apology_offers_none_on_the_board(window: Window, commune: Commune) -> None:
    commune.receive()
    hit(window, "F3")
    assert not window._board._apologise.isVisible()


def test_a_form_that_no_longer_applies_is_not_opened(window: Window, commune: Commune) -> None:
    name = explained(commune)
    hit(window, "F3")
    commune.do(name, Deed.RESOLVE)
    hit(window, KEYS[Deed.APOLOGISE])
    assert window.page() is window._dossier
    assert not window._dossier._strip.isVisible()
