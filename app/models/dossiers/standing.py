"""Names the things that are no dossier and of which the last word stands: officer, procedure, day …"""

from app.models.events import event as e
from app.models.events.notices import NoticeRead, NoticeSent, NoticeWithdrawn
from app.models.events.online import OnlineAnswered, OnlineArrived
from app.models.events.province import ProvinceDescribed
from app.models.events.receipt_books import FeeReceipted, FeeReceiptSpoiled, ReceiptBookIssued

# body type → (kind, the fields that tell one thing of that kind from another)
STANDING: dict[type[e.Body], tuple[str, tuple[str, ...]]] = {
    e.UnitDescribed: ("unit", ()),
    ProvinceDescribed: ("province", ()),
    e.OfficerAdded: ("officer", ("login",)),
    e.ProcedureSet: ("procedure", ("code",)),
    e.DaySet: ("day", ("date",)),
    ReceiptBookIssued: ("receipt_book", ("sign",)),
    FeeReceipted: ("fee_receipt", ("sign", "number")),
    FeeReceiptSpoiled: ("fee_receipt", ("sign", "number")),
    OnlineArrived: ("online", ("code",)),
    OnlineAnswered: ("online", ("code",)),
    e.Enrolled: ("device", ("device",)),
    e.LaneGranted: ("lane", ("device", "incarnation", "lane")),
    e.BookGranted: ("book", ("device", "incarnation", "book")),
    e.Revoked: ("revoked", ("device", "incarnation")),
    NoticeSent: ("notice", ("notice",)),
    NoticeWithdrawn: ("notice", ("notice",)),
    NoticeRead: ("notice_read", ("notice",)),
    e.IncarnationStarted: ("incarnation", ()),
}


def about(body: e.Body) -> str:
    """The thing an event of the unit is about; a dossier's deeds are about the dossier instead."""
    kind, fields = STANDING[type(body)]
    return f"{kind}:{'.'.join(str(getattr(body, field)) for field in fields)}"
