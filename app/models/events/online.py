"""Events about online dossiers: one stands in the province's system, and what became of it here.

Both name the dossier by its official code, so that two counters that bring in the same list speak of
one thing. Reception is checked and answered within 8 working hours (NĐ 45/2020/NĐ-CP Đ.11).
"""

from typing import Literal

from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.events.facts import Body

ANSWER_WITHIN = Limit(8, LimitUnit.WORKING_HOUR, "08 giờ làm việc", "NĐ 45/2020/NĐ-CP Đ.11")
LITTLE_IS_LEFT = Limit(6, LimitUnit.WORKING_HOUR, "06 giờ làm việc", ANSWER_WITHIN.article)
"""After which two of the eight hours are left: time to say so."""

Answer = Literal["received", "guidance", "supplement", "refusal", "voided"]


class OnlineArrived(Body, frozen=True, omit_defaults=True, tag="online_arrived"):
    """National status 1, Mới đăng ký. `at` is the hour it came into the province's system."""

    code: str
    procedure: str = ""
    procedure_name: str = ""


class OnlineAnswered(Body, frozen=True, omit_defaults=True, tag="online_answered"):
    """Taken in, or not received and why; `voided`: the number it got is, so that it waits again.

    `opened` names the dossier, or the visit that says why it wasn't received.
    """

    code: str
    answer: Answer
    opened: str = ""
