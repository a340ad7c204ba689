"""Where a long exchange touches the store, and what stops it."""

import pytest

from app.models.errors import Refused
from app.sync.reached import here, stepping


def test_a_step_goes_before_each_work_and_what_it_raises_ends_it() -> None:
    done: list[str] = []
    do = stepping(here, lambda: done.append("step"))
    assert do(lambda: len(done)) == 1

    def stop() -> None:
        raise Refused("dừng")

    with pytest.raises(Refused, match="dừng"):
        stepping(here, stop)(lambda: done.append("work"))
    assert done == ["step"]
