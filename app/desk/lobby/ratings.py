"""Asks citizens how it was, once a dossier, and draws up what they said; never what one of them said."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path

import msgspec

import resources
from app.desk.looking.lookup import Lookup
from app.desk.sheets.reports import check_days, report_of
from app.models.citizens.satisfaction import (
    Box,
    Questionnaire,
    Summary,
    Turnout,
    boxes,
    in_own_words,
    summed,
    turnout,
)
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.exchange.chain import lookup_token
from app.printing.sheet import Sheet
from app.store.store import Store

Line = dict[str, object]

FILE = "satisfaction/questions.toml"
ASKS = "rating"  # the setting of this counter: "off" where citizens aren't asked
TOO_FEW = "Chưa đủ 5 phiếu của những ngày đã qua nên chưa có số nào để nêu."


class Unsaid(Enum):
    """What became of asking, where nothing was said."""

    DECLINED = Turnout(asked=1, declined=1)
    LATER = Turnout(asked=1, later=1)
    UNANSWERED = Turnout(asked=1)


@dataclass(frozen=True)
class Voice:
    """What citizens said of a span of days, as far as it may be told.

    `overall` is of the question asked at the counter, `questions` of every one by its words,
    `months` of the overall one by "mm/yyyy". Where fewer than `FEWEST` answered there is nothing.
    """

    levels: tuple[str, str, str]
    turnout: Turnout
    overall: Summary | None
    questions: Mapping[str, Summary]
    months: Mapping[str, Summary]


class Ratings:
    """`forms` is the unit's own folder of forms, which may ask otherwise."""

    def __init__(
        self,
        store: Store,
        lookup: Lookup,
        clock: Callable[[], datetime],
        forms: Path | None = None,
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._clock = clock
        self._forms = forms

    @property
    def asks(self) -> bool:
        """Whether citizens are asked at this counter."""
        return self._store.keeping.get(ASKS) != "off"

    def ask(self, asks: bool) -> None:
        """Ask at this counter from now on, or don't."""
        self._store.keeping.put(ASKS, "" if asks else "off")

    def questionnaire(self) -> Questionnaire:
        """What is asked; raises `BadInput` when this counter's file can't be."""
        theirs, unit = _said(self._forms / FILE) if self._forms else "", self._store.standing.unit()
        return _questionnaire(theirs, unit.rating_invitation, unit.rating_levels)

    def invitation(self, names: Sequence[e.EventName]) -> Questionnaire | None:
        """What to ask who was just given these; None when nobody is asked, or they had their say."""
        tokens = self._tokens(names) if self.asks else []
        if not tokens or self._store.ballots.is_spent(tokens):
            return None
        return self.questionnaire()

    def cast(self, names: Sequence[e.EventName], level: int) -> None:
        """Take the answer to the one question of the counter; a second one for the same counts not."""
        answers = {self.questionnaire().overall: level}
        self._store.ballots.cast(self._tokens(names), self._clock().date(), answers)

    def note(self, unsaid: Unsaid) -> None:
        """Count who was asked and said nothing."""
        self._store.ballots.count(self._clock().date(), unsaid.value)

    def voice(self, since: date, until: date) -> Voice:
        """What was said here from `since` to `until`, by the boxes that were full on a day between them.

        Raises `BadInput` for days that are the wrong way round.
        """
        check_days(since, until)
        today = self._clock().date()
        held = boxes(self._store.ballots.ballots(today), today)
        counted = [box for box in held if since <= box.until <= until]
        asked = self.questionnaire()
        return Voice(
            asked.levels,
            turnout(self._store.ballots.turnout(), counted),
            summed(counted, asked.overall),
            _told({words: summed(counted, key) for key, words in asked.questions.items()}),
            _told({m: summed(within, asked.overall) for m, within in _by_month(counted).items()}),
        )

    def report(self, since: date, until: date) -> Sheet:
        """The same on paper. Raises `BadInput` for days that are the wrong way round."""
        voice = self.voice(since, until)
        values: Line = {
            "rated_counter": str(self._store.counter),
            "rated_note": "" if voice.turnout.asked else TOO_FEW,
            "rated_turnout": _turned_out(voice.turnout),
            "rated": [_line(words, said) for words, said in voice.questions.items()],
            "rated_months": [_line(month, said) for month, said in voice.months.items()],
        }
        unit, today = self._store.standing.unit(), self._clock().date()
        return report_of(unit, "report-satisfaction", values, (since, until), today)

    def _tokens(self, names: Sequence[e.EventName]) -> list[str]:
        """Of those that were not erased."""
        found = (self._lookup.dossier(name).dossier for name in names)
        return [lookup_token(dossier.salt) for dossier in found if dossier and dossier.salt]


def _said(file: Path) -> str:
    try:
        return file.read_text("utf-8") if file.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp {file}. Hãy lưu lại dạng UTF-8.", "form") from error


@cache
def _questionnaire(theirs: str, invitation: str, levels: str) -> Questionnaire:
    """What ships, in the unit's words; what this counter's file says goes before both."""
    shipped = tomllib.loads(resources.path(FILE).read_text("utf-8"))
    ours = in_own_words(msgspec.convert(shipped, Questionnaire), invitation, levels)
    try:
        return msgspec.convert(msgspec.to_builtins(ours) | tomllib.loads(theirs), Questionnaire)
    except ValueError as error:
        raise BadInput(
            f"Tệp câu hỏi {FILE} của đơn vị viết sai ({error}). Hãy sửa tệp, hoặc dời tệp đi để "
            "hỏi theo bộ câu hỏi có sẵn.",
            "form",
        ) from error


# --- in words ---------------------------------------------------------------------------------


def turned_out(told: Turnout) -> Mapping[str, int]:
    """How often citizens were asked and what became of it, by its words."""
    return {
        "Số lượt mời đánh giá": told.asked,
        "Trả lời ngay tại quầy": told.answered,
        "Bấm “không đánh giá”": told.declined,
        "Nhận phiếu giấy, mã QR để trả lời sau": told.later,
        "Không trả lời": told.unanswered,
    }


def percent(share: float) -> str:
    """A share from 0 to 1: "92,5 %"."""
    return f"{figure(100 * share)}\N{NO-BREAK SPACE}%"


def interval(said: Summary) -> str:
    """Where the share of all those served lies: "88,1–95,3 %"."""
    low, high = said.interval
    return f"{figure(100 * low)}–{percent(high)}"


def figure(number: float, places: int = 1) -> str:
    """As it is written in Vietnamese, with a comma."""
    return f"{number:.{places}f}".replace(".", ",")


# --- lines of the report ------------------------------------------------------------------------


def _by_month(counted: Sequence[Box]) -> Mapping[str, list[Box]]:
    months: dict[str, list[Box]] = {}
    for box in counted:
        months.setdefault(f"{box.until:%m/%Y}", []).append(box)
    return months


def _told(by_name: Mapping[str, Summary | None]) -> Mapping[str, Summary]:
    return {name: said for name, said in by_name.items() if said is not None}


def _line(what: str, said: Summary) -> Line:
    worst, good, best = said.counts
    return {
        "what": what,
        "answers": said.answers,
        "best": best,
        "good": good,
        "worst": worst,
        "share": percent(said.satisfied),
        "interval": interval(said),
        "mean": figure(said.mean, 2),
    }


def _turned_out(told: Turnout) -> list[Line]:
    return [
        {"what": what, "answers": n, "share": percent(n / told.asked) if told.asked else ""}
        for what, n in turned_out(told).items()
    ]
