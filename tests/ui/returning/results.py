"""Results that wait at the counter."""

from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from tests.ui.commune import LONG_NAME, Commune


def ready(commune: Commune, name: str = LONG_NAME, **more: object) -> e.EventName:
    """A dossier whose result waits at the counter."""
    dossier = commune.receive(name, **more)  # type: ignore[arg-type]
    commune.do(dossier, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    return dossier
