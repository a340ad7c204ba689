import pytest

from app.desk.deeds.merging import Differing, Value, differing

WAS: dict[str, Value] = {"name": "Lý A Sử", "phone": "0912", "paper": "1"}


def merged(on_file: dict[str, Value], typed: dict[str, Value], *unsettled: str) -> list[Differing]:
    return list(differing(WAS, {**WAS, **on_file}, {**WAS, **typed}, unsettled))


@pytest.mark.parametrize(
    ("on_file", "typed", "is_mine", "is_asked"),
    [
        ("Lý A Sử", "Lý A Sừ", True, False),
        ("Lý A Sừ", "Lý A Sử", False, False),
        ("Lý A Sứ", "Lý A Sừ", True, True),
    ],
)
def test_only_what_both_changed_is_asked(
    on_file: str, typed: str, is_mine: bool, is_asked: bool
) -> None:
    (one,) = merged({"name": on_file}, {"name": typed})
    assert (one.was, one.on_file, one.typed) == ("Lý A Sử", on_file, typed)
    assert (one.is_mine, one.is_asked) == (is_mine, is_asked)


def test_the_same_change_by_both_is_no_difference() -> None:
    assert merged({"name": "Lý A Sừ"}, {"name": "Lý A Sừ"}) == []


def test_what_was_asked_and_not_answered_is_asked_again() -> None:
    (one,) = merged({}, {"name": "Lý A Sừ"}, "name")
    assert one.is_asked


def test_a_field_the_file_no_longer_has_is_empty_there() -> None:
    on_file: dict[str, Value] = {"name": "Lý A Sử", "phone": "0912"}
    (one,) = differing(WAS, on_file, {**WAS, "paper": "2"})
    assert (one.on_file, one.is_asked) == (None, True)
