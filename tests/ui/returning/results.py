"""Results that wait at the counter."""

from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from tests.ui.commune import LONG_NAME, Commune


def ready(commune: Commune, name: str = LONG_NAME, **more: object) -> e.EventName:
    """A dossier whose result waits at the counter."""
    dossier = commune.receive(name, **more)  # type: ignore[arg-type]
    commune.do(dossier, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    return dossier


def returned(commune: Commune, name: e.EventName) -> e.Returned:
    """How it was given back."""
    body = commune.last_event(name).body
    assert isinstance(body, e.Returned)
    return body


def card(number: str, name: str) -> str:
    return f"{number}||{name}|12041987|Nữ|xã Khánh Hà, thành phố Hà Nội|05062021||||"
