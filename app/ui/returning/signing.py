"""What is signed when a result is given back: the register's column, or the paper that stands for it.

The register of TT 01/2018 (Mẫu số 06) and of TT 03/2025 (Mẫu số 07) has a column "Ký nhận"; the
result receipt is the practice of provinces that keep the register electronically.
"""

from dataclasses import dataclass

from app.desk.papers.forms import FORMS
from app.models.dossiers.dossier import Dossier
from app.models.events.event import EventName
from app.ui.dossier.columns import short_code
from app.ui.dossier.view import DossierView

RECEIPT, MINUTES = "result-receipt", "post-minutes"


@dataclass(frozen=True)
class Signing:
    """The dossier, the paper that can be printed for it, what to say."""

    name: EventName
    form: str
    sentence: str


def signing(view: DossierView, way: str) -> Signing:
    """What is signed for a result given back this `way`: "self", "authorised" or "post"."""
    dossier = view.dossier
    code = short_code(view.code)
    if way == "post" and not FORMS[MINUTES].lacking(dossier):
        return Signing(
            view.name, MINUTES, f"Vừa trả {code}: nhân viên bưu chính ký {FORMS[MINUTES].name}."
        )
    return Signing(
        view.name,
        RECEIPT,
        f"Vừa trả {code}: người nhận ký {_column(dossier)}, hoặc {FORMS[RECEIPT].name}.",
    )


def to_sign(dossier: Dossier) -> str:
    """The same before it is given back, in a sentence."""
    post = "" if FORMS[MINUTES].lacking(dossier) else f" Bưu chính ký {FORMS[MINUTES].name}."
    return f"Người nhận ký {_column(dossier)}, hoặc {FORMS[RECEIPT].name}.{post}"


def _column(dossier: Dossier) -> str:
    serial = dossier.received.serial
    line = f", quyển {serial.book:02d}, số {serial.number:02d}" if serial else ""
    return f"cột “Ký nhận” của sổ theo dõi hồ sơ{line}"
