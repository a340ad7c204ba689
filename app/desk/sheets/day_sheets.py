"""The morning sheet and the end-of-day sheet: what presses today, and what the day came to."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from app.clock import VIETNAM
from app.desk.looking.lookup import BoardLine, Lookup
from app.desk.papers.facts import in_effect, numbered, unit_values
from app.desk.sheets.books import span
from app.desk.sheets.incomplete import Incomplete
from app.desk.sheets.takings import Payment, payments, takings
from app.models.dossiers.dossier import ONE_STOP
from app.models.dossiers.fold import Folded
from app.models.events import event as e
from app.models.events.receipt_books import FeeReceipted
from app.models.exchange.chain import LogName
from app.models.exchange.messages import map_hash
from app.models.text import money, weekday
from app.printing.sheet import Sheet
from app.store.once_signed import lost_numbers
from app.store.own.keeping import SERVERS_WORD
from app.store.reading.listing import Listing
from app.store.reading.receipt_books import ReceiptBooks
from app.store.store import Store

Values = dict[str, object]

MOST = 10_000
# list of the morning sheet → filter of the board
MORNING = {
    "due_today": "due_today", "overdue": "late", "due_tomorrow": "due_tomorrow",
    "to_apologise": "to_apologise", "to_sign": "to_sign", "expected": "expected",
    "told_to_come": "ready", "waiting": "waiting", "long_waiting": "long_waiting",
    "uncollected": "uncollected",
}  # fmt: skip
MOST_LOST = 12
CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "post": "bưu chính"}
OUTCOMES = {"guidance": "hướng dẫn", "supplement": "cần bổ sung", "refusal": "từ chối"}


class DaySheets:
    """Reads only."""

    def __init__(
        self, store: Store, lookup: Lookup, clock: Callable[[], datetime], incomplete: Incomplete
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._clock = clock
        self._incomplete = incomplete
        self._books = ReceiptBooks(store.database)

    def morning(self, holder: str = "") -> Sheet:
        """What presses today as the board tells it apart: of the commune, of the one-stop shop or of
        an officer's login.
        """
        lists = {name: self._pressing(only, holder) for name, only in MORNING.items()}
        counts: Values = {f"{name}_count": str(len(found)) for name, found in lists.items()}
        values: Values = {**lists, **counts, "whose": self._whose(holder)}
        return self._sheet("morning-sheet", values, "Đầu ngày")

    def to_call(self) -> Sheet:
        """Whose result has lain here for more than 30 days, with their telephones and its shelf."""
        found = self._pressing("uncollected", "")
        values: Values = {
            "uncollected": found, "uncollected_count": str(len(found)), "whose": self._whose(""),
        }  # fmt: skip
        return self._sheet("call-list", values, "Chưa đến lấy")

    def _pressing(self, only: str, holder: str) -> list[Values]:
        lines = self._lookup.lines(Listing(only, holder), limit=MOST)
        return [_pressing(line) for line in lines]

    def _whose(self, holder: str) -> str:
        named = {"": "Cả xã", ONE_STOP: "Bộ phận"}
        return named.get(holder) or self._lookup.holder_name(holder)

    def end_of_day(self, day: date | None = None) -> Sheet:
        """Computer's counts beside those of the paper, cash of each officer, what is undone."""
        day = day or self._clock().date()
        keyed = self._store.registers.keyed(*span(day, day))
        about = dict.fromkeys(event.about for event in keyed if ":" not in event.about)
        found = self._store.registers.named(about)
        stands = {event.name for folded in found for event in in_effect(folded.verdicts)}
        done = [event for event in keyed if event.name in stands]
        lacking = self._incomplete.of(day, day)
        cash = takings(_paid_on(found, {event.name for event in done}))
        values: Values = {
            "counted": self._counted(done, keyed),
            "server_said": self._server_said(),
            "unsent": self._unsent(),
            "lost": self._lost(),
            "map_hash": _in_groups(map_hash(self._store.map())),
            "cash": [
                {
                    "officer": self._lookup.holder_name(each.officer),
                    "payments": each.payments,
                    "cash": _sum(each.cash),
                    "transfer": _sum(each.transfer),
                    "receipts": _receipts(keyed, each.officer, self._books),
                }
                for each in cash
            ],
            "cash_total": _sum(sum(each.cash for each in cash)),
            "lacking": [
                {
                    "what": each.what, "code": each.code, "applicant": each.applicant,
                    "since": each.since, "officer": each.officer,
                }
                for each in lacking
            ],
        }  # fmt: skip
        return self._sheet("end-of-day", values, f"Cuối ngày {day:%d-%m-%Y}", day)

    def _counted(self, done: Sequence[e.Event], keyed: Sequence[e.Event]) -> list[Values]:
        """One line a thing that can be counted in a pile of paper, as the server has it too."""
        signed = self._store.signed_for(*SERVERS_WORD)

        def there(events: Sequence[e.Event]) -> list[e.Event]:
            return [x for x in events if x.name.seq <= signed.get(LogName(*x.name[:2]), 0)]

        above = _counts(there(done), there(keyed))
        return [
            {"what": what, "computer": count, "server": on_server, "detail": detail}
            for (what, count, detail), (_, on_server, _) in zip(
                _counts(done, keyed), above, strict=True
            )
        ]

    def _server_said(self) -> str:
        """When the server last signed."""
        words = self._store.keeping.words(*SERVERS_WORD).values()
        last = max((word.at for word in words), default=None)
        if last is None:
            return "Máy chủ chưa xác nhận lần nào."
        waiting, _ = self._store.pending(*SERVERS_WORD)
        all_ = "" if waiting else ", đủ mọi việc của quầy này"
        return f"Máy chủ xác nhận lúc {last:%H:%M %d/%m/%Y}{all_}."

    def _unsent(self) -> str:
        """What no exchange has carried to the server; "" when it has all, or there is none."""
        waiting, since = self._store.pending(*SERVERS_WORD)
        if not waiting or since is None or not self._store.keeping.get("server_device"):
            return ""
        since = since.astimezone(VIETNAM)
        return f"Chưa gửi {waiting} việc, từ {since:%H:%M %d/%m/%Y}: còn đủ ở máy này."

    def _lost(self) -> str:
        """The printed numbers the server signed for and lost; the sheet tells how many are left out."""
        lost = lost_numbers(self._store)
        more = f" và {len(lost) - MOST_LOST} số nữa" if len(lost) > MOST_LOST else ""
        return f"{', '.join(lost[:MOST_LOST])}{more}"

    def _sheet(self, form: str, values: Values, name: str, day: date | None = None) -> Sheet:
        now = self._clock()
        day = day or now.date()
        head = {
            **unit_values(self._store.standing.unit()),
            "date": day, "day": day, "weekday": weekday(day), "printed_at": now, "number": "",
        }  # fmt: skip
        return Sheet(form, {**head, **values}, name)


def _pressing(line: BoardLine) -> Values:
    row = line.row
    left = line.left.text() if line.runs else ""
    return {
        "code": row.code, "procedure": row.procedure_name, "applicant": row.applicant,
        "phone": row.phone, "due": row.due, "left": left, "holder": line.holder,
        "resolved": row.resolved_at, "shelf": line.shelf, "note": "",
    }  # fmt: skip


def _paid_on(found: Sequence[Folded], day: set[e.EventName]) -> list[Payment]:
    return [paid for folded in found for paid in payments(folded) if paid.event.name in day]


def _counts(done: Sequence[e.Event], keyed: Sequence[e.Event]) -> list[tuple[str, int, str]]:
    """(what, how many, which) of each thing that can be counted in a pile of paper."""
    received = [event.body for event in done if isinstance(event.body, e.Received)]
    handed = [event.body for event in done if isinstance(event.body, e.HandedOver)]
    lists = {numbered(body.slip) for body in handed if body.slip}
    returned = sum(isinstance(event.body, e.Returned) for event in done)
    resolved = sum(isinstance(event.body, e.Resolved | e.Refusal) for event in done)
    voided = sum(isinstance(event.body, e.Voided) for event in done)
    left = [event.body for event in keyed if isinstance(event.body, e.LeftUnreceived)]
    channels = Counter(CHANNELS[body.channel] for body in received)
    outcomes = Counter(OUTCOMES[body.outcome] for body in left)
    return [
        ("Hồ sơ tiếp nhận", len(received), _listed(channels)),
        (
            "Hồ sơ bàn giao",
            len(handed),
            f"danh sách số {', '.join(sorted(lists))}" if lists else "",
        ),
        ("Kết quả về bộ phận một cửa", resolved, ""),
        ("Kết quả đã trả", returned, ""),
        ("Số đã hủy", voided, ""),
        ("Lượt hướng dẫn, không tiếp nhận", len(left), _listed(outcomes)),
    ]


def _in_groups(hash_: str) -> str:
    """The first 32 of the digits, as somebody would read them over the telephone."""
    return " ".join(hash_[start : start + 4] for start in range(0, 32, 4))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{words} {count}" for words, count in counts.items())


def _receipts(keyed: Sequence[e.Event], officer: str, books: ReceiptBooks) -> str:
    """ "AA-26P: 0000121–0000127, 0000130": the receipts an officer gave, book by book."""
    numbers: dict[str, list[int]] = {}
    for event in keyed:
        if isinstance(event.body, FeeReceipted) and event.body.officer == officer:
            numbers.setdefault(event.body.sign, []).append(event.body.number)
    return "; ".join(
        f"{sign}: {', '.join(_runs(sorted(given), books.book(sign).written))}"
        for sign, given in sorted(numbers.items())
    )


def _runs(numbers: Sequence[int], written: Callable[[int], str]) -> Iterator[str]:
    """What follows one another, from its first to its last."""
    for _, run in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        first, *more = [number for _, number in run]
        yield f"{written(first)}–{written(more[-1])}" if more else written(first)


def _sum(amount: int) -> str:
    return money(amount).removesuffix(" đ")
