from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.cli.motcua import Motcua
from tests.printing import reading

SPAN = ("--from", "2026-01-01", "--to", "2026-12-31")
REFUSED = 3


def test_citizens_are_asked_until_the_counter_is_told_not_to(motcua: Motcua) -> None:
    assert motcua("rating").only["asks"]
    assert not motcua("rating", "off").only["asks"]
    assert not motcua("rating").only["asks"]
    assert motcua("rating", "on").only["levels"] == ["Không hài lòng", "Hài lòng", "Rất hài lòng"]


def test_only_an_administrator_changes_it(motcua: Motcua) -> None:
    motcua.add("toan", "receptionist")
    assert motcua.as_("toan")("rating", "off").status == REFUSED
    assert motcua("rating").only["asks"]


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_report_is_written_though_nobody_said_anything(
    motcua: Motcua, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"ý kiến.{kind}"
    told = motcua("report", "satisfaction", *SPAN, "-o", str(file)).only
    assert (told["file"], told["questions"], told["months"]) == (str(file), [], [])
    assert len(told["turnout"]) == 5
    content = file.read_bytes()
    if kind == "pdf":
        assert "Chưa đủ 5 phiếu" in reading.text(content)
    else:
        assert "Số lượt mời đánh giá" in {
            row[0] for row in openpyxl.load_workbook(BytesIO(content)).worksheets[0].values
        }
