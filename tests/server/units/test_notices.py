"""Notices from above: sent to one unit or all, carried with the next exchange, read and withdrawn."""

import json
from pathlib import Path
from secrets import token_bytes

import pytest

from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.notices import MOST_WORDS, NoticeRead, NoticeSent, NoticeWithdrawn
from server.cli import main
from server.units.notices import Notices, in_words
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer

TEXT = "Từ 14:00 hệ thống hộ tịch tạm dừng.\n  Hãy nhận hồ sơ giấy."


@pytest.fixture
def notices(server: SmallServer) -> Notices:
    built = server.built
    return Notices(built.units, built.author, server.keys.public.device, token_bytes)


def test_it_comes_with_the_next_exchange_and_who_read_it_is_heard_with_the_one_after(
    server: SmallServer, counter: SmallCounter, notices: Notices
) -> None:
    notice = notices.send(TEXT, [UNIT], NOW)
    server.exchange(counter)
    (said,) = counter.bodies(NoticeSent)
    assert said == NoticeSent(notice, "Từ 14:00 hệ thống hộ tịch tạm dừng. Hãy nhận hồ sơ giấy.")
    assert "chưa đọc" in in_words(notices.all(UNIT)[0])
    counter.write(NoticeRead(notice))
    server.exchange(counter)
    (told,) = notices.all()
    assert (told.unit, told.notice.read_by) == (UNIT, "lan")
    assert "lan đã đọc 30/11/2026 09:00" in in_words(told)


def test_a_revoked_devices_reading_counts_for_nothing(
    server: SmallServer, counter: SmallCounter, notices: Notices
) -> None:
    notice = notices.send(TEXT, [UNIT], NOW)
    counter.write(NoticeRead(notice))
    server.exchange(counter)
    with server.built.units.open(UNIT) as ledger:
        server.built.author.write(ledger, [e.Revoked(*counter.own, 1)], NOW)
    assert notices.all()[0].notice.waits


def test_it_goes_to_all_units_and_is_withdrawn_in_all(
    server: SmallServer, counter: SmallCounter, notices: Notices
) -> None:
    server.built.units.add("H50.13", "Xã Bên", server.built.author, NOW)
    notice = notices.send(TEXT, server.built.units.all(), NOW)
    assert {told.notice.notice for told in notices.all()} == {notice}
    assert notices.withdraw(notice, NOW) == [UNIT, "H50.13"]
    assert all(told.notice.withdrawn for told in notices.all())
    server.exchange(counter)
    assert counter.bodies(NoticeWithdrawn) == [NoticeWithdrawn(notice)]
    with pytest.raises(Refused, match="notice list"):
        notices.withdraw(notice, NOW)


@pytest.mark.parametrize("text", [" \n", "x" * (MOST_WORDS + 1)])
def test_words_that_are_none_or_too_many_are_refused(notices: Notices, text: str) -> None:
    with pytest.raises(BadInput, match=str(MOST_WORDS)):
        notices.send(text, [UNIT], NOW)


def test_a_person_at_the_server_does_it_all_by_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path), "--json"]
    assert main(["unit", "add", UNIT, "Xã Mẫu", *data]) == 0
    for nobody in ([], ["--all", "--unit", UNIT]):
        assert main(["notice", "send", TEXT, *nobody, *data]) == 2
    assert main(["notice", "send", TEXT, "--unit", "H99.1", *data]) == 2
    capsys.readouterr()
    assert main(["notice", "send", TEXT, "--all", *data]) == 0
    sent = json.loads(capsys.readouterr().out)
    assert sent["units"] == [UNIT]
    assert main(["notice", "list", *data]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["notice"], listed["withdrawn"]) == (sent["notice"], False)
    assert main(["notice", "withdraw", sent["notice"], *data]) == 0
    assert main(["notice", "withdraw", sent["notice"], *data]) == 3
