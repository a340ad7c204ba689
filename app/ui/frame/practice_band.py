"""The band over every window of the commune to practise on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.look.theme import Measure

WORDS = "TẬP DÙNG – không phải dữ liệu thật"


class PracticeBand(QLabel):
    """Says so from edge to edge."""

    def __init__(self) -> None:
        super().__init__(WORDS)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(Measure.ICON_RAIL)
