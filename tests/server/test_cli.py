import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange.enrolment import Code
from app.sync.client import exchange
from app.sync.enrol import enrol
from server.cli import main
from tests.sync.small import UNIT, SmallCounter, SmallServer

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, capsys: Captured) -> str:
    """A server's data folder that has the unit."""
    folder = str(tmp_path / "server")
    assert main(["unit", "add", UNIT, "Xã Mẫu", "--data", folder]) == 0
    capsys.readouterr()
    return folder


def test_a_unit_is_added_once(data: str, capsys: Captured) -> None:
    assert main(["unit", "add", UNIT, "Xã Mẫu", "--data", data]) == 3
    assert capsys.readouterr().err == f"Đơn vị {UNIT} đã có trên máy chủ này; không cần thêm nữa.\n"


def test_adding_a_unit_publishes_catalogue_and_holidays(tmp_path: Path, capsys: Captured) -> None:
    assert main(["unit", "add", UNIT, "Xã Mẫu", "--data", str(tmp_path), "--json"]) == 0
    added = json.loads(capsys.readouterr().out)
    assert added["unit"] == UNIT
    assert added["published"] > 123


@pytest.mark.parametrize("unit", ["", "x", "H50 12", "H50.12-1", "H50.12\n"])
def test_what_is_no_agencys_identifier_is_refused(tmp_path: Path, unit: str) -> None:
    assert main(["unit", "add", unit, "Xã Mẫu", "--data", str(tmp_path)]) == 2


def test_a_unit_needs_a_name(tmp_path: Path) -> None:
    assert main(["unit", "add", UNIT, "  ", "--data", str(tmp_path)]) == 2


def test_enrol_prints_a_code_and_until_when_it_holds(data: str, capsys: Captured) -> None:
    assert main(["enrol", UNIT, "--data", data, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"code", "expires"}
    assert str(Code.parse(answer["code"])) == answer["code"]
    assert answer["expires"].endswith("+07:00")


def test_a_code_for_a_unit_nobody_added_is_refused(data: str, capsys: Captured) -> None:
    assert main(["enrol", "H51", "--data", data]) == 2
    assert "unit add" in capsys.readouterr().err


@pytest.mark.parametrize("listen", ["8710", "127.0.0.1:", "127.0.0.1:70000", ":x"])
def test_an_address_that_is_none_is_refused(data: str, listen: str) -> None:
    assert main(["serve", "--data", data, "--listen", listen]) == 2


def test_a_port_in_use_is_told_in_words(data: str, capsys: Captured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        address = f"127.0.0.1:{busy.getsockname()[1]}"
        assert main(["serve", "--data", data, "--listen", address]) == 3
    assert "cổng đang bận" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "còn thiếu LỆNH"),
        (["dance"], "không có lệnh “dance”"),
        (["enrol"], "còn thiếu MÃ"),
        (["serve", "--listen"], "--listen cần một giá trị"),
        (["revoke", UNIT, "1", "--from", "x"], "--from phải là số nguyên, không phải “x”"),
        (["alarms", "--loud"], "không hiểu “--loud”"),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese(
    arguments: list[str], told: str, capsys: Captured
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert f"Lệnh chưa đúng: {told}." in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["serve"], ["unit"], ["unit", "add"], ["revoke"]])
def test_help_is_in_vietnamese(command: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    said = capsys.readouterr().out
    assert said.startswith("Cách dùng: motcua-server")
    assert not re.search(r"usage|option|argument|show this", said)


def test_a_counter_is_revoked_by_its_number(data: str, capsys: Captured) -> None:
    server = SmallServer(Path(data))
    server.enrol(SmallCounter("first", 1))
    assert main(["revoke", UNIT, "1", "--data", data, "--json"]) == 0
    device = SmallCounter("first", 1).own.device
    assert json.loads(capsys.readouterr().out)["device"] == device
    assert main(["revoke", UNIT, "7", "--data", data]) == 3


def test_what_is_held_of_a_revoked_counter_is_listed_and_released(
    data: str, capsys: Captured
) -> None:
    assert main(["held", "--data", data]) == 0
    server, counter = SmallServer(Path(data)), SmallCounter("first", 1)
    server.enrol(counter)
    server.exchange(counter)
    main(["revoke", UNIT, "1", "--data", data])
    counter.receive(2)
    with pytest.raises(OtherSideFailed, match="được giữ ở máy chủ"):
        server.exchange(counter)
    capsys.readouterr()
    assert main(["held", UNIT, "--data", data]) == 0
    assert "giữ 1 việc, ghi từ 30/11/2026" in (said := capsys.readouterr().out)
    assert "mã đã cấp: H50.12-261130-0041" in said
    assert main(["release", UNIT, "1", "--data", data, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["released"] == 1
    assert main(["held", UNIT, "--data", data, "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_alarms_are_listed_a_line_each(data: str, capsys: Captured) -> None:
    assert main(["alarms", "--data", data]) == 0
    assert capsys.readouterr().out == "Không có cảnh báo nào.\n"
    with pytest.raises(OtherSideFailed):
        SmallServer(Path(data)).exchange(SmallCounter("stranger", 7))
    assert main(["alarms", UNIT, "--data", data, "--json"]) == 0
    alarm = json.loads(capsys.readouterr().out)
    assert (alarm["kind"], alarm["times"], alarm["counter"]) == ("stranger", 1, 0)
    assert main(["alarms", "--data", data]) == 0
    assert "chưa ghi danh mà gửi" in capsys.readouterr().out


def test_a_store_that_is_not_migrated_is_told_what_to_do(capsys: Captured) -> None:
    assert main(["migrate"]) == 2
    assert "--store" in capsys.readouterr().err


def test_a_folder_that_cannot_be_used_is_told_in_words(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "file"
    file.touch()
    assert main(["enrol", UNIT, "--data", str(file)]) == 3
    assert "thư mục dữ liệu" in capsys.readouterr().err


# --- a process of its own, on a real socket -------------------------------------------------------


@pytest.fixture
def served(data: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A serving process and its address."""
    words = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--json"]
    command = [sys.executable, "-m", "server.cli", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())["address"]
        process.kill()


def test_a_counter_enrols_and_exchanges_over_a_real_socket(
    served: tuple[subprocess.Popen[str], str], data: str, capsys: Captured
) -> None:
    process, url = served
    main(["enrol", UNIT, "--data", data, "--json"])
    code = json.loads(capsys.readouterr().out)["code"]
    counter = SmallCounter("first", 1)
    address = enrol(url, code, counter.keys.public, 1, UNIT).server
    counter.receive(1)
    outcome = exchange(counter, counter.keys, UNIT, address, counter)
    assert (outcome.sent, outcome.pending) == (2, 0)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    with pytest.raises(OtherSideFailed, match="Không nối được"):
        exchange(counter, counter.keys, UNIT, address, counter)
