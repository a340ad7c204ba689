"""Pages, and what seldom stands on them, each loaded when it is first asked for: few officers see all."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.dossier_page.page import DossierPage as DossierPage
    from app.ui.exchange.page import ExchangePage as ExchangePage
    from app.ui.lists.board_page import BoardPage as BoardPage
    from app.ui.lists.calendar_page import CalendarPage as CalendarPage
    from app.ui.lists.register_page import RegisterPage as RegisterPage
    from app.ui.lists.search_page import SearchPage as SearchPage
    from app.ui.lists.voice_page import VoicePage as VoicePage
    from app.ui.online.page import OnlinePage as OnlinePage
    from app.ui.province.page import ProvincePage as ProvincePage
    from app.ui.returning.page import ReturnPage as ReturnPage
    from app.ui.same_day.page import SameDayPage as SameDayPage
    from app.ui.scanning.blank_scan import BlankScan as BlankScan

_HOMES = {
    "BlankScan": "scanning.blank_scan",
    "BoardPage": "lists.board_page",
    "CalendarPage": "lists.calendar_page",
    "DossierPage": "dossier_page.page",
    "ExchangePage": "exchange.page",
    "OnlinePage": "online.page",
    "ProvincePage": "province.page",
    "RegisterPage": "lists.register_page",
    "ReturnPage": "returning.page",
    "SameDayPage": "same_day.page",
    "SearchPage": "lists.search_page",
    "VoicePage": "lists.voice_page",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"app.ui.{_HOMES[name]}"), name)
