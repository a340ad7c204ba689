"""What the board counts, as tiles that filter it: nine large ones, and below them what is asked after."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.looking.lookup import LONG
from app.models.dossiers.lifecycle import Deed
from app.models.unit.officer import Officer
from app.store.reading.lists import BoardCounts
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import StatChip, StatTile, press_by
from app.ui.widgets.parts import column, row

# filter of `Lookup.board` → its tile: label, tone, whether its ground is coloured too
TILES: dict[str, tuple[str, Tone, bool]] = {
    "all": ("Tất cả", Tone.PLAIN, False),
    "late": ("Quá hạn", Tone.LATE, True),
    "due_today": ("Hạn hôm nay", Tone.TODAY, True),
    "due_tomorrow": ("Hạn ngày mai", Tone.PLAIN, False),
    "not_handed_over": ("Chưa bàn giao", Tone.TODAY, False),
    "waiting": ("Chờ bổ sung", Tone.PLAIN, False),
    "ready": ("Chờ trả kết quả", Tone.DONE, False),
    "to_apologise": ("Xin lỗi hôm nay", Tone.LATE, False),
    "to_sign": ("Chờ ký", Tone.PLAIN, False),
    "received_today": ("Nhận hôm nay", Tone.PLAIN, False),
    "expected": ("Hẹn đến hôm nay", Tone.PLAIN, False),
    "away": ("Ở cơ quan khác", Tone.PLAIN, False),
    "to_post": ("Chờ bưu chính", Tone.PLAIN, False),
    "long_waiting": (f"Chờ bổ sung quá {LONG.days} ngày", Tone.TODAY, False),
    "uncollected": (f"Chưa lấy quá {LONG.days} ngày", Tone.TODAY, False),
}

# filters without a tile, offered while there is something to look at
APART, KEPT_LATE = "conflicts", "away_late"
TO_POST, TO_SIGN = "to_post", "to_sign"
LABELS = {
    **{only: tile[0].lower() for only, tile in TILES.items()}, "all": "", APART: "việc trùng",
    KEPT_LATE: "cơ quan khác giữ quá hạn",
}  # fmt: skip

_LARGE = (
    "all", "late", "due_today", "due_tomorrow", "not_handed_over", "waiting", "ready",
    "to_apologise",
)  # fmt: skip
_SMALL = {
    "expected": "Alt+1", "long_waiting": "Alt+2", "uncollected": "Alt+3", "away": "Alt+4",
    "to_post": "Alt+5",
}  # fmt: skip


def keys_for(officer: Officer) -> Mapping[str, str]:
    """Filter → its key, large tiles first; the key of a filter never changes for an officer.

    Whoever signs has what waits for that as the ninth tile, and what came in today below.
    """
    signs = officer.may(Deed.SIGN)
    ninth = "to_sign" if signs else "received_today"
    large = {only: f"Ctrl+{place}" for place, only in enumerate((*_LARGE, ninth), 1)}
    return {**large, **({"received_today": "Ctrl+0"} if signs else {}), **_SMALL}


class BoardTiles(QWidget):
    """The numbers of the board; pressing one filters by it."""

    chosen = Signal(str)

    def __init__(self, officer: Officer) -> None:
        super().__init__()
        keys = keys_for(officer)
        self._tiles: dict[str, StatTile] = {}
        for only, key in keys.items():
            is_large = only in _LARGE or key == "Ctrl+9"
            self._tiles[only] = (StatTile if is_large else StatChip)(*TILES[only])
            self._ready(only, key)
        tiles = [x for x in self._tiles.values() if not isinstance(x, StatChip)]
        chips = [x for x in self._tiles.values() if isinstance(x, StatChip)]
        large = row(*tiles, spacing=Space.TIGHT)
        for place in range(len(tiles)):
            large.setStretch(place, 1)
        self.setLayout(column(large, row(*chips, None, spacing=Space.TIGHT), spacing=Space.WITHIN))
        self.choose("all")

    def show_counts(self, counts: BoardCounts) -> None:
        """How many of each there are."""
        for only, tile in self._tiles.items():
            tile.set_number(getattr(counts, only))

    def choose(self, only: str) -> None:
        """Mark the one the list is filtered by."""
        for name, tile in self._tiles.items():
            tile.setChecked(name == only)

    def _ready(self, only: str, key: str) -> None:
        tile = self._tiles[only]
        press_by(tile, key)
        tile.setToolTip(f"Chỉ hiện mục này: {key}")
        tile.clicked.connect(lambda: self.chosen.emit(only))
