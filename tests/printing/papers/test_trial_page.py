from datetime import datetime

import pytest

from app.clock import VIETNAM
from app.models.unit.scanner_check import LINES, WHOLE, changes
from app.printing.paper import Paper
from app.printing.papers import trial_page
from tests.printing import reading

AT = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)


def page(paper: Paper) -> bytes:
    return trial_page.render("Laser tầng một", AT, paper)


def test_it_holds_each_of_the_134_letters_with_accents() -> None:
    assert len(trial_page.VIETNAMESE) == 73
    accented = set(trial_page.VIETNAMESE) - set("aeiouy")
    assert len(accented | {letter.upper() for letter in accented}) == 134
    for paper in Paper:
        said = reading.unspaced(reading.text(page(paper)))
        assert said.count(trial_page.VIETNAMESE) == 3
        assert said.count(trial_page.VIETNAMESE.upper()) == 3


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("paper", list(Paper))
def test_its_qr_is_read_back_whole(paper: Paper, dpi: int) -> None:
    (found,) = reading.symbols(page(paper), dpi)
    assert changes(found["QRCode"]) == ()
    assert found["QRCode"] == WHOLE


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("paper", [Paper.A5, Paper.A4])
def test_its_bars_are_read_back(paper: Paper, dpi: int) -> None:
    assert sorted(reading.all_symbols(page(paper), dpi)) == sorted([*LINES, WHOLE])


@pytest.mark.parametrize("paper", [Paper.A5, Paper.A4])
def test_its_rulers_count_millimetres_from_each_edge(paper: Paper) -> None:
    measures = paper.measures
    ((_, _, boxes),) = reading.boxes(page(paper))
    edges = {
        "left": min(left for left, *_ in boxes),
        "right": measures.width - max(right for *_, right, _ in boxes),
        "bottom": min(bottom for _, bottom, *_ in boxes),
        "top": measures.height - max(top for *_, top in boxes),
    }
    assert all(3.5 * 72 / 25.4 < edge < 6 * 72 / 25.4 for edge in edges.values()), edges


def test_it_says_which_printer_and_when() -> None:
    assert "Laser tầng một · 08:00 23/11/2026" in reading.text(page(Paper.A5))
