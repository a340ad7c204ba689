from dataclasses import replace
from datetime import timedelta

from app.desk.deeds.details import Details
from app.desk.deeds.forwarding import Agency
from app.models.dossiers.fold import Effect, Verdict
from app.models.dossiers.lifecycle import Deed
from app.ui.dossier.facts import Chapter, Fact, chapters
from app.ui.dossier.view import look
from app.ui.dossier_page.history import Entry, entries
from app.ui.look.theme import Tone
from tests.ui.commune import HANH, LONG_NAME, NGA, Commune


def told(commune: Commune, *deeds: Deed) -> list[Entry]:
    name = commune.receive()
    commune.do(name, *deeds)
    return entries(look(commune.desk, name))


def test_the_latest_stands_first_with_who_and_why(commune: Commune) -> None:
    latest, first = told(commune, Deed.WITHDRAW)
    assert latest.title == "Rút hồ sơ"
    reason, asked = "Lý do: lý do ghi trên phiếu", f"Người yêu cầu: {LONG_NAME}"
    assert latest.lines == ("Giấy tờ trả lại: tờ khai", reason, asked, "Lê Thị Nga")
    assert first.title == "Tiếp nhận"
    assert "Hẹn trả 16:30 T6 27/11" in first.lines


def test_an_agency_without_work_of_its_own_leaves_no_sign_behind(commune: Commune) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    agencies = (Agency("Thuế cơ sở", "xác định nghĩa vụ"), Agency("Công an xã"))
    details = Details(to="Thuế cơ sở; Công an xã", agencies=agencies)
    commune.desk.progress.do(Deed.FORWARD, [name], commune.officer(), details)
    assert entries(look(commune.desk, name))[0].lines[0] == "xác định nghĩa vụ"


def test_who_keyed_it_and_when_is_said_only_when_it_differs(commune: Commune) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    done = commune.now
    commune.now += timedelta(hours=2)
    details = Details(at=done)
    commune.desk.progress.do(Deed.SIGN, [name], commune.officer(HANH), details, NGA)
    signed, *_, received = entries(look(commune.desk, name))
    assert signed.lines == ("Phạm Thị Hạnh", "Lê Thị Nga nhập, nhập lúc 10:02 23/11/2026")
    assert received.lines[-1] == "Lê Thị Nga"


def test_what_was_undone_is_quiet_and_what_undid_it_says_what(commune: Commune) -> None:
    undoing, undone, *_ = told(commune, Deed.HAND_OVER, Deed.UNDO)
    assert undoing.lines[0] == "Bỏ việc: Bàn giao cho Nguyễn Đức Toàn"
    assert undone.title == "Bàn giao cho Nguyễn Đức Toàn — đã hoàn tác"
    assert undone.tone is Tone.QUIET


def test_what_was_accepted_and_sent_back_is_called_so(commune: Commune) -> None:
    back, *_ = told(commune, Deed.HAND_OVER, Deed.ACCEPT, Deed.SEND_BACK)
    assert back.title == "Trả lại cho Một cửa"


def test_prints_are_counted_in_words(commune: Commune) -> None:
    name = commune.receive()
    for _ in range(2):
        commune.desk.paperwork.issue("receipt", name, commune.officer())
    again, original, _ = entries(look(commune.desk, name))
    assert original.title == "In giấy tiếp nhận và hẹn trả"
    assert again.title == "In giấy tiếp nhận và hẹn trả, in lại lần 1"


def test_an_event_without_effect_says_why(commune: Commune) -> None:
    view = look(commune.desk, commune.receive())
    event = view.verdicts[0].event
    lost = replace(view, verdicts=(Verdict(event, Effect.WITHOUT, "hồ sơ đã được tiếp nhận rồi"),))
    assert entries(lost)[0].lines[0] == "Không có tác dụng: hồ sơ đã được tiếp nhận rồi"


def chapter(shown: tuple[Chapter, ...], title: str) -> tuple[Fact, ...]:
    return next(chapter.facts for chapter in shown if chapter.title == title)


def test_the_facts_say_everything_known_and_leave_out_what_is_not(commune: Commune) -> None:
    name = commune.receive(procedure="2.001263", fee_amount="400.000")
    shown = chapters(commune.dossier(name))
    assert Fact("Điện thoại", "0912345678") in chapter(shown, "Chủ hồ sơ")
    assert len(chapter(shown, "Giấy tờ đã nộp")) == 7
    assert Fact("Lệ phí", "400.000 đ – nộp khi nhận kết quả") in chapter(shown, "Hồ sơ")
    assert all(fact.words for part in shown for fact in part.facts)
    assert "Người ủy quyền" not in [part.title for part in shown]


def test_a_fee_nobody_knows_is_said_to_be_unknown_and_a_promise_gives_its_reasons(
    commune: Commune,
) -> None:
    shown = chapters(commune.dossier(commune.receive()))
    assert Fact("Lệ phí", "chưa biết mức") in chapter(shown, "Hồ sơ")
    promised = chapter(shown, "Hẹn trả")
    assert promised[0] == Fact("Hẹn", "16:30 ngày 27/11/2026")
    assert any("Ngày Văn hóa" in fact.words for fact in promised if fact.label == "không tính")


def test_a_paper_is_named_as_officers_name_it(commune: Commune) -> None:
    name = commune.receive()
    commune.desk.paperwork.issue("label", name, commune.officer())
    assert entries(look(commune.desk, name))[0].title == "In nhãn hồ sơ"
