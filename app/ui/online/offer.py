"""How many online dossiers wait to be checked, and how pressing that is: said on the board, a key away."""

from app.desk.online.waiting import OnlineCounts
from app.ui.look.theme import Tone
from app.ui.papers.offers import Offer

ONLINE_KEY = "Ctrl+O"
NONE_ONLINE = (
    "Không có hồ sơ trực tuyến nào chờ kiểm tra. "
    "Muốn nhập danh sách của hệ thống tỉnh thì bấm F12, gõ “trực tuyến”."
)


class OnlineOffer(Offer):
    """Out of sight while none waits; amber when little of eight hours is left, red once they are over."""

    def __init__(self) -> None:
        super().__init__(
            "Xem", ONLINE_KEY, "inbox", "Xem hồ sơ trực tuyến chờ kiểm tra", NONE_ONLINE
        )

    def show_counts(self, counts: OnlineCounts) -> None:
        """Say how many wait."""
        self.say(sentence_of(counts), _tone(counts))


def sentence_of(counts: OnlineCounts) -> str:
    """As in "3 hồ sơ trực tuyến chờ kiểm tra: 1 quá 8 giờ làm việc, 1 sắp quá."; "" when none waits."""
    if not counts.waiting:
        return ""
    told = ((counts.late, "quá 8 giờ làm việc"), (counts.near, "sắp quá 8 giờ làm việc"))
    pressing = ", ".join(f"{number} {what}" for number, what in told if number)
    return f"{counts.waiting} hồ sơ trực tuyến chờ kiểm tra{': ' if pressing else ''}{pressing}."


def _tone(counts: OnlineCounts) -> Tone:
    if counts.late:
        return Tone.LATE
    return Tone.TODAY if counts.near else Tone.ACCENT
