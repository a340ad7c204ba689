"""Says of deeds that can't be done now why not, whether by their key or in the list of all commands."""

from app.models.dossiers.lifecycle import LABEL, Deed
from app.ui.deeds.deeds import KEYS
from app.ui.widgets.parts import said_key

DEEDS = {key: deed for deed, key in KEYS.items()}


def asked_first(deed: Deed) -> str:
    """What stands in its place now is to be left before."""
    return f"Bấm Esc để thôi việc đang mở, rồi bấm {said_key(KEYS[deed])} để “{LABEL[deed]}”."


def on_its_page(deed: Deed, *, is_marked: bool) -> str:
    """It is done to one dossier, on the page of its own."""
    which = (
        "làm từng hồ sơ: bấm Enter để mở một" if is_marked else "làm ở trang hồ sơ: bấm Enter để mở"
    )
    return f"“{LABEL[deed]}” {which} hồ sơ, rồi bấm {said_key(KEYS[deed])}."
