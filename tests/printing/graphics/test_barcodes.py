import pytest

from app.printing.graphics.barcodes import code128, qr
from app.printing.paper import MM


def is_whole_dots(length: float, dpi: int) -> bool:
    """Within a fiftieth of a dot for each millimetre: no module gains or loses a dot by drift."""
    dots = length / 72 * dpi
    return abs(dots - round(dots)) < 0.02 * max(1, length / MM)


@pytest.mark.parametrize("dpi", [203, 305])
def test_every_module_of_a_barcode_is_whole_printer_dots(dpi: int) -> None:
    symbol = code128("H63.12.07-261130-0001", 20)
    assert all(is_whole_dots(wide, dpi) for _, _, wide, _ in symbol.rectangles)


def test_a_usual_code_takes_61_mm() -> None:
    assert code128("H63.12.07-261130-0001", 20).width / MM == pytest.approx(61)


@pytest.mark.parametrize("length", [10, 62, 63, 122, 150, 213])
def test_a_qr_is_wide_enough_for_a_cheap_telephone(length: int) -> None:
    symbol = qr("https://" + "x" * (length - 8))
    assert 22 <= symbol.width / MM <= 29
    assert min(wide for _, _, wide, _ in symbol.rectangles) / MM >= 0.49


@pytest.mark.parametrize(("length", "wide"), [(62, 16.5), (63, 22.5), (213, 28.5)])
def test_a_fine_qr_is_smaller_but_its_modules_are_not(length: int, wide: float) -> None:
    symbol = qr("x" * length, fine=True)
    assert symbol.width / MM == pytest.approx(wide)
    assert min(wide for _, _, wide, _ in symbol.rectangles) / MM >= 0.49


def test_more_than_a_qr_of_a_slip_holds_is_our_fault() -> None:
    with pytest.raises(ValueError, match="214 bytes"):
        qr("x" * 214)
