from collections.abc import Callable

import pytest

from app.ui.returning.page import ReturnPage
from tests.ui.commune import IN_THE_WINDOW, Commune


@pytest.fixture
def page(commune: Commune, show: Callable[..., None]) -> ReturnPage:
    """The page on screen, as an officer comes to it."""
    page = ReturnPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page
