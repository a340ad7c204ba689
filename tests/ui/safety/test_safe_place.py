"""What outlives this PC: chosen, made and said in the window, by keys alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.clock import VIETNAM
from app.counter import CodePaper, code_paper
from app.models.errors import OtherSideFailed, Refused
from app.printing.printers import printers
from app.store.backup import KEY_RING
from app.store.database.telling import Tell
from app.sync.safety import Safety
from app.sync.second_copy import SecondCopy, lying_in
from app.ui.papers import code_desk
from app.ui.papers.sheet_preview import SheetPreview
from app.ui.safety.safety_card import ONLY_HERE, SafetyCard
from app.ui.safety.second_copies import SecondCopies
from app.ui.window import Window
from tests.ui.commune import TOAN, Commune, hit, settle
from tests.ui.walk import faults

AT = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
NOTHING = Safety("", False, None, None, stays_here=True)


class Kept:
    """Stands in for backup and code; the second copy is a real one."""

    def __init__(self, commune: Commune) -> None:
        self.commune, self.safety = commune, NOTHING
        self.backups, self.codes = list[Path](), list[CodePaper]()
        self.readings = 0

    def standing(self) -> Safety:
        self.readings += 1
        place = self.commune.desk.store.keeping.get("second_copy")
        return replace(self.safety, place=place)

    def back_up(self, file: Path, tell: Tell) -> int:
        self.backups.append(file)
        self.safety = replace(self.safety, backed_up=AT)
        return 207

    def draw_code(self) -> CodePaper:
        return code_paper("xã Khánh Hà", 1, AT)

    def keep_code(self, paper: CodePaper) -> None:
        self.codes.append(paper)
        self.safety = replace(self.safety, code_made=paper.made, stays_here=False)


@pytest.fixture
def copies(commune: Commune, qapp: QApplication) -> SecondCopies:
    store = commune.desk.store
    store.database.path.with_name(KEY_RING).write_bytes(b"ring")
    return SecondCopies(lambda: SecondCopy(store.beside()), commune.jobs)


@pytest.fixture
def kept(commune: Commune, window: Window, copies: SecondCopies, dressed: QApplication) -> Kept:
    made = Kept(commune)
    window.keep_safe(made, copies)
    window.go("F8")
    settle(dressed)
    return made


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    # outside the folder of the data, as a stick is
    folder = tmp_path.with_name(f"{tmp_path.name} usb")
    folder.mkdir()
    return folder


def said(window: Window) -> str:
    card = window.findChild(SafetyCard)
    assert card is not None
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def dialog(window: Window) -> QFileDialog:
    found = window.findChild(QFileDialog)
    assert found is not None
    assert not found.isHidden()
    return found


def preview(window: Window) -> SheetPreview:
    found = window.findChild(SheetPreview)
    assert found is not None
    return found


def choose(window: Window, title: str) -> None:
    (command,) = [one for one in window.commands() if one.title == title]
    command.do()


def test_settings_and_keys_are_not_read_again_at_each_deed(
    window: Window, kept: Kept, commune: Commune
) -> None:
    before = kept.readings
    for _ in range(5):
        commune.receive()
        window._exchanges.look()
    assert kept.readings == before
    kept.safety = replace(kept.safety, backed_up=AT)  # by the command line
    commune.pass_time(10)
    window._exchanges.look()
    assert kept.readings == before + 1
    assert "Sao lưu: lần cuối 08:00" in said(window)


# --- the second copy ------------------------------------------------------------------------------


def test_its_place_is_chosen_by_keys_and_the_light_says_that_it_is_there(
    window: Window, kept: Kept, usb: Path
) -> None:
    hit(window, "Ctrl+D")
    dialog(window).fileSelected.emit(str(usb))
    assert lying_in(usb) is not None
    assert "Đã có bản thứ hai" in said(window)
    assert "đã có bản thứ hai" in window._bar._light._words.text()


def test_a_pulled_stick_is_in_the_light_and_on_the_card(
    window: Window, kept: Kept, copies: SecondCopies, usb: Path
) -> None:
    copies.keep_in(usb, lambda _: None)
    usb.rename(usb.with_name(f"{usb.name} pulled"))
    copies.follow()
    assert "chưa có bản thứ hai" in window._bar._light._words.text()
    assert "Hãy cắm lại ổ" in said(window)


def test_a_folder_that_will_not_do_is_said_and_nothing_is_kept(
    window: Window, kept: Kept, commune: Commune
) -> None:
    hit(window, "Ctrl+D")
    dialog(window).fileSelected.emit(str(commune.desk.store.database.path.parent))
    assert "phải ở ngoài thư mục dữ liệu" in said(window)
    assert kept.standing().place == ""


def test_it_is_no_longer_kept_by_a_command(
    window: Window, kept: Kept, copies: SecondCopies, usb: Path
) -> None:
    copies.keep_in(usb, lambda _: None)
    window.go("F2")
    choose(window, "Thôi giữ bản thứ hai")
    assert kept.standing().place == ""
    assert "bản thứ hai: không giữ" in said(window).lower()


def test_on_its_own_page_no_deed_is_offered_twice(window: Window, kept: Kept) -> None:
    titles = [command.title for command in window.commands()]
    assert "Chọn nơi giữ bản thứ hai" in titles
    assert len(titles) == len(set(titles))


def test_every_deed_has_a_command_that_comes_to_the_page(window: Window, kept: Kept) -> None:
    window.go("F2")
    choose(window, "Chọn nơi giữ bản thứ hai (USB, ổ khác)")
    assert dialog(window).isVisible()
    assert window.page() is window._exchange


# --- the backup -----------------------------------------------------------------------------------


def test_a_backup_is_made_by_keys_and_its_hour_said(window: Window, kept: Kept) -> None:
    assert "Sao lưu: chưa lần nào" in said(window)
    hit(window, "Ctrl+B")
    dialog(window).fileSelected.emit("/usb/sao.motcua")
    assert kept.backups == [Path("/usb/sao.motcua")]
    assert "Sao lưu: lần cuối 08:00 Thứ Hai 23/11/2026" in said(window)
    assert "207 sự kiện vào sao.motcua" in said(window)


def test_a_backup_shows_how_far_it_is_and_is_stopped_by_key(
    window: Window, kept: Kept, commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = window.findChild(SafetyCard)
    assert card is not None
    waiting: list[Callable[[], object]] = []
    monkeypatch.setattr(commune.jobs, "run", lambda _lane, work, then: waiting.append(partial(then, work)))  # fmt: skip
    card.back_up("/usb/sao.motcua")
    card._going._appear()
    way = card._going._way
    assert way is not None
    way.reached_of(300, 1000)
    card._going._look()
    assert (card._going._bar.value(), card._going._bar.maximum()) == (300, 1000)
    card.back_up("/usb/lại.motcua")
    assert len(waiting) == 1
    card._going._stop.click()
    with pytest.raises(Refused, match="bản sao lưu cũ vẫn nguyên"):
        way.reached_of(301, 1000)


def test_without_a_code_the_card_says_that_only_this_pc_opens_it(
    window: Window, kept: Kept
) -> None:
    assert ONLY_HERE in said(window)


# --- the code -------------------------------------------------------------------------------------


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The printers that were given a paper."""
    given = list[str]()
    monkeypatch.setattr(code_desk, "printer_names", lambda: ["PDF:/giấy", "Canon"])
    monkeypatch.setattr(code_desk, "system", tuple)
    monkeypatch.setattr(printers, "send", lambda _document, printer, *_: given.append(printer))
    return given


def test_a_code_is_printed_then_kept_and_the_copy_looked_at_again(
    window: Window, kept: Kept, copies: SecondCopies, usb: Path, taken: list[str]
) -> None:
    copies.keep_in(usb, lambda _: None)
    kept.commune.desk.store.database.path.with_name(KEY_RING).write_bytes(b"ring with a code")
    hit(window, "Ctrl+M")
    hit(preview(window), "F9")
    assert (taken, len(kept.codes)) == (["Canon"], 1)
    assert ONLY_HERE not in said(window)
    found = lying_in(usb)
    assert found is not None
    assert found.generation == 2  # whose base holds the ring with the code


def test_a_code_copied_by_hand_is_kept_too(window: Window, kept: Kept, taken: list[str]) -> None:
    hit(window, "Ctrl+M")
    hit(preview(window), "Ctrl+S")
    assert (taken, len(kept.codes)) == ([], 1)


def test_a_code_nobody_has_is_not_kept(window: Window, kept: Kept, taken: list[str]) -> None:
    hit(window, "Ctrl+M")
    hit(preview(window), "Escape")
    assert code_desk.NOT_KEPT in said(window)
    assert kept.codes == []


def test_a_code_whose_paper_did_not_go_is_not_kept(
    window: Window, kept: Kept, taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "send", jammed)
    hit(window, "Ctrl+M")
    hit(preview(window), "F9")
    assert "Máy in kẹt giấy" in said(window)
    assert kept.codes == []


def jammed(*_: object) -> None:
    raise OtherSideFailed("Máy in kẹt giấy. Hãy thử máy khác.")


def test_only_an_administrator_is_offered_a_code(
    commune: Commune, copies: SecondCopies, show: Callable[..., None], window: Window
) -> None:
    window._officer = commune.officer(TOAN)
    window.keep_safe(Kept(commune), copies)
    for place in ("F8", "F2"):
        window.go(place)
        assert not [one for one in window.commands() if "mã khôi phục" in one.title]


# --- the look -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1366, 700), (1200, 660)])
def test_nothing_is_cut(
    window: Window, kept: Kept, copies: SecondCopies, usb: Path, size: tuple[int, int],
    dressed: QApplication,
) -> None:  # fmt: skip
    long = usb / "Ổ sao lưu của Bộ phận Một cửa xã Khánh Hà" / "một thư mục khác nữa"
    long.mkdir(parents=True)
    copies.keep_in(long, lambda _: None)
    window.resize(*size)
    settle(dressed)
    assert faults(window._exchange) == []
