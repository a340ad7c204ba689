"""How many dossiers the province's system still lacks: said on the board, a key away."""

from app.ui.papers.offers import Offer

PROVINCE_KEY = "Ctrl+Shift+N"
NONE_LACKING = (
    "Không có hồ sơ nào chờ nhập lên hệ thống tỉnh. "
    "Muốn mở trang ấy thì bấm F12, gõ “hệ thống tỉnh”."
)


class ProvinceOffer(Offer):
    """Out of sight while it lacks none, and where the unit uses no such system."""

    def __init__(self) -> None:
        super().__init__("Nhập", PROVINCE_KEY, "send", "Nhập hồ sơ lên hệ thống tỉnh", NONE_LACKING)

    def show_count(self, lacking: int) -> None:
        """Say how many it lacks."""
        self.say(f"Chưa nhập lên hệ thống tỉnh: {lacking}" if lacking else "")
