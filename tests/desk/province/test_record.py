"""The platform's records, held against a page that was read: every field of a made-up dossier."""

import json
import os
from dataclasses import replace
from pathlib import Path

from app.desk.deeds.details import Details
from app.desk.deeds.digitising import Scan
from app.models.dossiers.lifecycle import Deed
from app.models.events import facts
from tests.desk.at_work import at
from tests.making import MONDAY, ACounter, a_counter

GOLDEN = Path(__file__).parents[1] / "golden" / "province.json"
PAPERS = (
    facts.Document("Tờ khai", originals=1, copies=2),
    facts.Document("Giấy chứng sinh", originals=1),
)
WHY = Details(
    reason="thiếu giấy", items=("Giấy chứng sinh bản chính",), to="hung", collector="Trần A"
)


def everything(counter: ACounter) -> str:
    """A dossier that met all that the records tell of; its messages."""
    name = counter.receive(
        "Nguyễn Hoàng Thị Phương Quỳnh Trang", phone="0912345678", email="trang@vidu.vn",
        address="Thôn Liễu Nội", request="Khai sinh cho con", documents=PAPERS,
        fee_amount="8.000", fee_when="on_return", resolving_agency="UBND xã Khánh Hà",
    ).name  # fmt: skip
    scan = Scan("ab" * 32, 40_000, "a2V5", 1)
    counter.desk.digitising.tie(name, 2, scan, counter.officer)
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT):
        counter.do(deed, name, WHY)
    counter.clock.now = at(25, 10)
    counter.do(Deed.SUPPLEMENT_RECEIVED, name, replace(WHY, note="đủ"))
    counter.do(Deed.SIGN, name, WHY)
    counter.do(Deed.UNDO, name, WHY)
    for deed in (Deed.RESOLVE, Deed.PAID, Deed.RETURN):
        counter.do(deed, name, replace(WHY, method="cash"))
    counter.desk.province.enter(name, "H26.15-261123-0207", counter.officer)
    file = counter.desk.province_file
    names = file.names(at(25).date(), at(25).date())
    assert names == [name]
    told = file.messages(names).decode()
    return told.replace(name.device, "MÁY").replace(name.incarnation, "ĐỜI")


def test_every_field_is_told_as_it_was_read(tmp_path: Path) -> None:
    told = everything(a_counter(tmp_path))
    if os.environ.get("RENEW_GOLDEN"):
        GOLDEN.write_text(told + "\n", encoding="utf-8")
    assert json.loads(told) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_values_are_text_and_lists_of_such_records(tmp_path: Path) -> None:
    counter = a_counter(tmp_path)
    name = counter.receive().name
    (message, steps) = json.loads(counter.desk.province_file.messages([name]))
    (record,) = message["data"]
    assert message["isUpdating"] == "False"
    assert {type(value) for value in record.values()} == {str, list}
    assert record["NgayTiepNhan"] == f"{MONDAY:%Y%m%d%H%M%S}"
    assert [step["NoiDungXuLy"] for step in steps["data"]] == ["Tiếp nhận"]


def test_an_online_dossier_was_filed_when_the_file_says_and_received_here(tmp_path: Path) -> None:
    counter = a_counter(tmp_path)
    row = {"MaHoSo": "H26.15-261120-0042", "KenhThucHien": "2", "ChuHoSo": "Mai",
           "TrangThaiHoSo": "1", "NgayNopHoSo": "20261120150000"}  # fmt: skip
    counter.desk.online.bring([(1, row)], counter.officer)
    names = [
        counter.receive("Mai", online=row["MaHoSo"], channel="online").name,
        counter.receive("Hoa").name,
    ]
    message, *_ = json.loads(counter.desk.province_file.messages(names[:1]))
    other, *_ = json.loads(counter.desk.province_file.messages(names[1:]))
    told = [
        (record["NgayNopHoSo"], record["NgayTiepNhan"])
        for record in (message["data"][0], other["data"][0])
    ]
    assert told == [("20261120150000", "20261123080000"), ("20261123080000",) * 2]
