"""What can be printed besides the papers of one dossier, and the sheets each comes to."""

from dataclasses import dataclass
from datetime import date

from app.desk.desk import Desk
from app.desk.papers.forms import FEE_RECEIPT
from app.models.dossiers.dossier import ONE_STOP
from app.models.errors import Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.printing.card import Card
from app.printing.sheet import Reached, Sheet, unheard

REGISTER, CARDS, HANDED_OVER = "register", "qr-cards", "handed-over"
REPORT, RATED, HELPED = "report-ii06a", "report-satisfaction", "report-help-desk"
NAMES = {
    REGISTER: "Sổ theo dõi hồ sơ",
    REPORT: "Báo cáo II.06a: tình hình giải quyết TTHC",
    RATED: "Tổng hợp ý kiến đánh giá của công dân",
    HELPED: "Tổng hợp trợ giúp tại bàn trợ giúp",
    "morning-sheet": "Việc đầu ngày, cả xã",
    "morning-sheet one-stop": "Việc đầu ngày, bộ phận",
    "morning-sheet mine": "Việc đầu ngày của tôi",
    "call-list": "Chưa lấy quá 30 ngày",
    "end-of-day": "Tổng hợp cuối ngày",
    "hand-over-list": "Danh sách bàn giao trong ngày",
    HANDED_OVER: "Danh sách bàn giao có hồ sơ đang chọn",
    "results-hand-over": "Phiếu bàn giao kết quả",
    "way": "Quá trình xử lý hồ sơ đang chọn",
    FEE_RECEIPT: "Biên lai của hồ sơ đang chọn",
    "board-procedures": "Bảng niêm yết thủ tục",
    "board-procedures A3": "Bảng niêm yết thủ tục, khổ A3",
    "board-officers": "Bảng cán bộ, đường dây nóng",
    "board-officers A3": "Bảng cán bộ, đường dây nóng, khổ A3",
    CARDS: "Thẻ QR tra cứu cho các thôn",
}


@dataclass(frozen=True)
class SheetOrder:
    """What is wanted, of which days and group; a day's sheet is of the last day.

    `name` is the dossier that is chosen, and `officer` who asks, for what is about one dossier;
    `others` of the same person share its paper, or went with lists of their own.
    """

    what: str
    since: date
    until: date
    group: str = ""
    name: EventName | None = None
    officer: Officer | None = None
    others: tuple[EventName, ...] = ()

    @property
    def is_large(self) -> bool:
        """Whether it needs A3, which office printers don't hold."""
        return self.what.endswith(" A3")

    @property
    def place(self) -> str:
        """What its printer is remembered by; every hand-over list goes to the same one,
        every morning sheet too."""
        if self.what == HANDED_OVER:
            return "hand-over-list"
        return "morning-sheet" if self.what.startswith("morning-sheet") else self.what

    @property
    def title(self) -> str:
        """What a file of it is called."""
        days = f"{self.since:%d-%m-%Y} đến {self.until:%d-%m-%Y}"
        match self.what:
            case "report-ii06a":
                return f"Báo cáo II.06a {days}"
            case "report-satisfaction" | "report-help-desk":
                return f"{NAMES[self.what]} {days}"
            case "register":
                return " ".join(filter(None, (NAMES[self.what], self.group, days)))
            case "end-of-day" | "hand-over-list" | "results-hand-over":
                return f"{NAMES[self.what]} {self.until:%d-%m-%Y}"
            case _:
                return NAMES[self.what]


def sheets_of(
    desk: Desk, order: SheetOrder, reached: Reached = unheard
) -> list[Sheet] | list[Card]:
    """What an order comes to; at the desk only. Raises `Refused` when there is nothing to print."""
    match order.what:
        case "register":
            return desk.books.register(order.since, order.until, order.group, reached)
        case "report-ii06a":
            return [desk.reports.ii06a(order.since, order.until, reached)]
        case "report-satisfaction":
            return [desk.ratings.report(order.since, order.until)]
        case "report-help-desk":
            return [desk.help_desk.report(order.since, order.until)]
        case "morning-sheet" | "morning-sheet one-stop" | "morning-sheet mine":
            return [desk.day_sheets.morning(_whose(order))]
        case "call-list" | "end-of-day":
            return [_of_the_day(desk, order)]
        case "hand-over-list":
            numbers = desk.lists.lists_of(order.until)
            if not numbers:
                raise Refused(f"Ngày {order.until:%d/%m/%Y} không có danh sách bàn giao nào.")
            return [desk.lists.hand_over(number) for number in numbers]
        case "handed-over":
            return [_list_with(desk, name) for name in (chosen(order), *order.others)]
        case "results-hand-over":
            return [desk.lists.results(order.until)]
        case "way":
            return [desk.lists.way(chosen(order))]
        case "fee-receipt":
            return [_receipt(desk, order)]
        case "board-procedures" | "board-procedures A3":
            return desk.boards.procedures(order.group, large=order.is_large)
        case "board-officers" | "board-officers A3":
            return [desk.boards.officers(large=order.is_large)]
        case _:
            return desk.boards.cards(())


def _whose(order: SheetOrder) -> str:
    """The holder a morning sheet is of, as the board's lists are."""
    match order.what.partition(" ")[2]:
        case "one-stop":
            return ONE_STOP
        case "mine" if order.officer:
            return order.officer.login
        case _:
            return ""


def chosen(order: SheetOrder) -> EventName:
    """The dossier it is about. Raises `Refused` when none is chosen."""
    if order.name is None:
        raise Refused("Chưa chọn hồ sơ nào. Hãy chọn một dòng trong danh sách.")
    return order.name


def _of_the_day(desk: Desk, order: SheetOrder) -> Sheet:
    sheets = desk.day_sheets
    return sheets.to_call() if order.what == "call-list" else sheets.end_of_day(order.until)


def _list_with(desk: Desk, name: EventName) -> Sheet:
    """The hand-over list a dossier went with last."""
    return desk.lists.hand_over(desk.lookup.dossier(name).arrived("in").shown_code)


def _receipt(desk: Desk, order: SheetOrder) -> Sheet:
    """The receipt of the chosen dossier, given now where there is none yet."""
    name = chosen(order)
    if desk.fee_receipts.given(name) or order.officer is None:
        return desk.fee_receipts.again(name)
    return desk.fee_receipts.give(name, order.officer, others=order.others)
