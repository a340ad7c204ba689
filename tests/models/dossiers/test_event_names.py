from typing import get_args

import pytest

from app.models.dossiers.event_names import name_of
from app.models.events import event as e

KINDS = (*get_args(e.AnyBody), e.Unknown)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_type_of_event_has_a_vietnamese_name(kind: type[object]) -> None:
    assert not name_of(kind).isascii()


def test_no_two_types_are_called_alike() -> None:
    assert len({name_of(kind) for kind in KINDS}) == len(KINDS)
