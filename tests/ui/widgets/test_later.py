"""A part that is made later is made once, and not by whoever only asks whether it is."""

from app.ui.widgets.later import Later


class Owner:
    """Of one part."""

    def __init__(self) -> None:
        self.times = 0

    @Later
    def part(self) -> str:
        self.times += 1
        return "made"


def test_asking_makes_nothing() -> None:
    owner = Owner()
    assert (Owner.part.made(owner), owner.times) == ([], 0)


def test_it_is_made_once_when_it_is_wanted() -> None:
    owner = Owner()
    assert Owner.part.made(owner, wanted=True) == ["made"]
    assert (owner.part, Owner.part.made(owner), owner.times) == ("made", ["made"], 1)
