"""A dossier's life, led from the command line."""

import pytest

from tests.cli.motcua import NOW, Motcua, dossier

WHY = ("--reason", "theo đề nghị của công dân")
TO = ("--to", "phutrach")

LIVES = {
    "the usual one": (
        ("hand-over", *TO), ("accept",), ("sign",), ("resolve",), ("return", "--collector", "Lý A Sử"),
    ),
    "a supplement": (
        ("hand-over", *TO), ("accept",), ("request-supplement", *WHY, "--item", "bản chính"),
        ("supplement-received",),
    ),
    "a payment": (
        ("hand-over", *TO), ("accept",), ("request-payment", "--amount", "50000"),
        ("paid", "--method", "transfer"),
    ),
    "sent back": (("hand-over", *TO), ("send-back", *WHY)),
    "another case": (("hand-over", *TO), ("accept",), ("change-case", "--case", "2", *WHY)),
    "another agency": (("hand-over", *TO), ("accept",), ("forward", "--to", "Chi cục Thuế")),
    "an apology": (("hand-over", *TO), ("apologise", *WHY, "--due", "2026-12-04T16:30")),
    "a refusal": (("hand-over", *TO), ("accept",), ("refuse", *WHY), ("return",)),
    "withdrawn": (("withdraw", *WHY),),
    "stopped and reopened": (("hand-over", *TO), ("accept",), ("stop", *WHY), ("reopen", *WHY)),
    "corrected": (("correct", *WHY, "--name", "Lý A Sứ"),),
    "undone": (("hand-over", *TO), ("undo", *WHY)),
    "void": (("void", *WHY),),
    "wanted early": (("hasten", *WHY, "--wished", "2026-11-23T15:00"),),
    "early no more": (("hasten", *WHY), ("ease",)),
}  # fmt: skip
ENDS = {
    "the usual one": ("returned", 10), "a supplement": ("processing", 4), "a payment": ("processing", 4),
    "sent back": ("received", 2), "another case": ("processing", 4), "another agency": ("handed_over", 4),
    "an apology": ("handed_over", 4), "a refusal": ("returned", 10), "withdrawn": ("withdrawn", 7),
    "stopped and reopened": ("processing", 4), "corrected": ("received", 2), "undone": ("received", 2),
    "void": ("voided", None), "wanted early": ("received", 2), "early no more": ("received", 2),
}  # fmt: skip


@pytest.mark.parametrize("life", LIVES)
def test_every_verb_leads_on(motcua: Motcua, life: str) -> None:
    (code,) = motcua.receive(dossier())
    steps = [motcua.deed(code, *deed) for deed in LIVES[life]]
    assert (steps[-1]["step"], steps[-1]["status_code"]) == ENDS[life]
    assert motcua("verify").only["ok"]


def test_a_supplement_starts_the_count_anew(motcua: Motcua, seat: pytest.MonkeyPatch) -> None:
    (code,) = motcua.receive(dossier())
    for deed in LIVES["a supplement"][:-1]:
        motcua.deed(code, *deed)
    seat.setattr("app.clock.now", lambda: NOW.replace(day=30))
    assert motcua.deed(code, "supplement-received")["due"] == "2026-12-03T16:30:00+07:00"
    promises = motcua("show", code).only["promises"]
    assert [each["due"][:10] for each in promises] == ["2026-11-27", "2026-12-03"]


def test_who_did_it_and_who_keyed_it_both_stand(motcua: Motcua) -> None:
    motcua.add("chutich", "leader", name="Trần Văn Hùng")
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", *TO)
    motcua.deed(code, "sign", "--by", "chutich", "--at", "2026-11-23T08:00")
    signed = motcua("show", code).only["events"][-1]
    assert (signed["type"], signed["by"], signed["keyed_by"]) == ("signed", "chutich", "phutrach")


def test_a_dossier_may_be_received_by_one_and_keyed_by_another(motcua: Motcua) -> None:
    motcua.add("ltnga", "receptionist")
    (code,) = motcua.receive(dossier(officer="ltnga"))
    (received,) = motcua("show", code).only["events"]
    assert (received["by"], received["keyed_by"]) == ("ltnga", "phutrach")


def test_a_role_that_may_not_is_refused(motcua: Motcua) -> None:
    motcua.add("ltnga", "receptionist")
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", *TO)
    told = motcua.as_("ltnga")("deed", code, "sign")
    assert (told.status, told.answers) == (3, [])
    assert "Việc này dành cho: lãnh đạo" in told.errors[0]


@pytest.mark.parametrize("who", ["ndtoan", "Nguyễn Đức Toàn", "nguyen duc toan"])
def test_a_dossier_is_handed_to_an_officer_by_login_or_name(motcua: Motcua, who: str) -> None:
    motcua.add("ndtoan", "specialist")
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", "--to", who)
    assert motcua("show", code).only["where"] == "ndtoan"


def test_an_apology_that_comes_too_late_says_so(motcua: Motcua, seat: pytest.MonkeyPatch) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", *TO)
    seat.setattr("app.clock.now", lambda: NOW.replace(day=27))
    told = motcua("deed", code, "apologise", *WHY, "--due", "2026-12-04T16:30")
    assert (told.status, told.answers[0]["due"]) == (0, "2026-12-04T16:30:00+07:00")
    assert "NĐ 61/2018 Đ.19.9" in told.answers[0]["warnings"][0]
    assert told.errors == []


def test_a_new_date_without_an_hour_lasts_until_results_are_returned(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", *TO)
    told = motcua.deed(code, "apologise", *WHY, "--due", "2026-12-04")
    assert told["due"] == "2026-12-04T16:30:00+07:00"
    assert motcua("deed", code, "apologise", *WHY, "--due", "2026-12-99").status == 2


def test_a_name_written_wrong_is_corrected_and_both_stay(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "correct", *WHY, "--name", "Lý A Sứ", "--id-number", "000090000119")
    told = motcua("show", code).only
    assert (told["applicant"]["name"], told["applicant"]["id_number"]) == (
        "Lý A Sứ",
        "000090000119",
    )
    assert [event["type"] for event in told["events"]] == ["received", "corrected"]
    assert motcua("find", "sứ").only["code"] == code


def test_the_limit_shown_is_that_of_the_corrected_procedure(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier("1.004873"))
    told = motcua("deed", code, "correct", *WHY, "--procedure", "1.001193")
    assert any("kiểm tra đã nhận" in sentence for sentence in told.only["warnings"])
    shown = motcua("show", code).only
    assert shown["limit"].startswith("Trong ngày")
    assert "Giấy chứng sinh" in " ".join(paper["name"] for paper in shown["documents"])


def test_a_case_without_a_limit_takes_the_one_that_is_typed(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier("1.004884"))
    motcua.deed(code, "hand-over", *TO)
    told = motcua("deed", code, "change-case", "--case", "2", *WHY)
    assert (told.status, "chưa có thời hạn" in told.errors[0]) == (2, True)
    limit = ("--limit", "9", "--limit-source", "Nghị định 123/2015 Đ.26")
    assert motcua.deed(code, "change-case", "--case", "2", *WHY, *limit)["due"][:10] == "2026-12-07"


def test_two_agencies_have_it_each_with_its_own_limit_and_the_late_one_is_told(
    motcua: Motcua, seat: pytest.MonkeyPatch
) -> None:
    (code,) = motcua.receive(dossier())
    tax, police = "Thuế cơ sở|xác định nghĩa vụ|1", "Công an xã|xác minh|3"
    for deed in (("hand-over", *TO), ("accept",), ("forward", "--agency", tax, "--agency", police)):
        motcua.deed(code, *deed)
    away = motcua("show", code).only["away"]
    assert [(x["agency"], x["work"], x["due"][:10]) for x in away] == [
        ("Thuế cơ sở", "xác định nghĩa vụ", "2026-11-25"), ("Công an xã", "xác minh", "2026-11-27"),
    ]  # fmt: skip
    assert motcua("late", "--away").answers == []
    seat.setattr("app.clock.now", lambda: NOW.replace(day=26))
    late = motcua("late", "--away").only
    assert (late["code"], late["agency_late"], late["late"]) == (code, True, False)
    motcua.deed(code, "accept")
    assert motcua("late", "--away").answers == []
