"""Opens the demonstration commune with a server beside it, or plays its day without a screen.

python -m app.demo --folder demo               the window
python -m app.demo --folder demo --headless    a day; papers and pictures go into out/
"""

import argparse
import csv
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import msgspec

import resources
from app import clock, settings
from app.counter import open_counter
from app.demo import beside, commune
from app.demo.commune import SetClock
from app.demo.day import Day
from app.demo.lives import DIRECTOR
from app.desk.desk import Desk
from app.models.deadlines.calendar import Calendar, DayKind, SpecialDay, at_hour
from app.models.errors import OtherSideFailed, Refused
from app.settings import Places

OUT = Path("out")
OPENS, CLOSES = time(7, 10), time(17)


def main() -> int:
    """The exit status: the window's, or 0 when everything held on the day that was played."""
    options = _options()
    places = settings.places(options.folder)
    try:
        return _without_screen(places) if options.headless else _with_window(places)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mở xã thử nghiệm của Một Cửa.")
    parser.add_argument("--folder", type=Path, default=Path("demo"), help="nơi giữ xã thử nghiệm")
    parser.add_argument("--headless", action="store_true", help="diễn một ngày, không mở cửa sổ")
    return parser.parse_args()


def _with_window(places: Places) -> int:
    from app import main as window

    _have_commune(places, clock.now())
    with ExitStack() as stack:
        try:
            stack.enter_context(_counter(places, clock.now))
        except OtherSideFailed as failed:  # as when this commune is open already: work goes on
            print(failed, file=sys.stderr)
        return window.run(places)


def _without_screen(places: Places) -> int:
    from app.demo import pictures

    opening = _last_day(clock.now())
    _have_commune(places, opening)
    day_clock = SetClock(opening)
    OUT.mkdir(exist_ok=True)
    with _counter(places, day_clock) as desk:
        day_clock.set(desk.store.dossiers.latest_received() or opening)
        held = Day(desk, day_clock, OUT, lambda said: print(f"{day_clock():%H:%M}  {said}")).play()
        pictures.take(places, desk, desk.officer(DIRECTOR), OUT)
    print(f"Giấy tờ và hình cửa sổ của ngày {opening:%d/%m/%Y} nằm trong {OUT.resolve()}.")
    return 0 if held else 1


def _have_commune(places: Places, at: datetime) -> None:
    """Make the commune as it stands at `at`, unless it is there; it is there whole or not at all."""
    if places.key_ring.exists():
        return
    print("Dựng xã thử nghiệm (một lần, chừng mười giây) …", flush=True)
    unfinished = places.data.with_name(f"{places.data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    commune.make(replace(places, data=unfinished), at)
    try:
        unfinished.rename(places.data)
    except OSError as error:
        raise Refused(f"Ở {places.data} đã có tệp khác. Hãy chọn thư mục khác.") from error


@contextmanager
def _counter(places: Places, now: Callable[[], datetime]) -> Iterator[Desk]:
    """The desk, with a server that knows its counter running beside it. Raises `OtherSideFailed`."""
    desk, folder = open_counter(places, now=now).desk, places.data / "server"
    try:
        with beside.serving(folder, beside.listening(desk.store)) as address:
            beside.acquaint(desk.store, folder, address)
            unit = desk.store.standing.unit()
            if unit.lookup_url != address:
                desk.office.describe(msgspec.structs.replace(unit, lookup_url=address), DIRECTOR)
            yield desk
    finally:
        desk.store.close()


def _last_day(now: datetime) -> datetime:
    """When the last working day that is over opened: the day to play, none of it in the future."""
    calendar, day = _shipped_calendar(), now.date()
    over = calendar.is_working_day(day) and now.time() >= CLOSES
    return at_hour(day if over else calendar.working_day_before(day), OPENS)


def _shipped_calendar() -> Calendar:
    text = resources.path("calendar/holidays.csv").read_text(encoding="utf-8-sig")
    days = (
        SpecialDay(
            date.fromisoformat(row["date"]), DayKind(row["kind"]), row["name"], row["source"],
            row["confirmed"] == "yes",
        )
        for row in csv.DictReader(io.StringIO(text))
    )  # fmt: skip
    return Calendar({day.date: day for day in days})


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
