from app.desk.sheets.day_sheets import MORNING
from app.printing.forms.list_variables import LISTS
from app.ui.lists.board_tiles import TILES


def test_the_morning_sheet_calls_every_list_as_the_board_does() -> None:
    for name, only in MORNING.items():
        assert LISTS[name].label == TILES[only][0]
