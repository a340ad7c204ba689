"""The commune to practise on: made beside the counter's own data, kept or thrown away by choice."""

import shutil
from dataclasses import replace
from datetime import datetime

from app.counter import DEMO_PASSWORD, open_counter
from app.demo import commune
from app.models.errors import Refused
from app.settings import Places
from app.store.database.telling import Tell, quiet
from app.store.practice import set_aside

NAMES = {login: f"{name} – {title.partition(',')[0]}" for login, name, _, title in commune.OFFICERS}
"""Whom one can be there, by login."""


def stands(places: Places) -> bool:
    """True when there is one from before."""
    return places.practice.key_ring.exists()


def make(places: Places, now: datetime, tell: Tell = quiet) -> None:
    """Make it unless it stands; it stands whole, and set aside from all that is real, or not at all.

    `tell` hears how far it is and may raise `Refused` to stop it.
    """
    practice = places.practice
    if stands(places):
        return
    unfinished = replace(practice, data=practice.data.with_name(f"{practice.data.name}.new"))
    shutil.rmtree(unfinished.data, ignore_errors=True)
    commune.make(unfinished, now, tell)
    store = open_counter(unfinished, password=DEMO_PASSWORD, now=lambda: now).desk.store
    try:
        set_aside(store)
    finally:
        store.close()
    try:
        unfinished.data.rename(practice.data)
    except OSError as error:
        raise Refused(f"Ở {practice.data} đã có tệp khác. Hãy dời tệp ấy đi.") from error


def throw_away(places: Places) -> None:
    """Forget everything that was done there."""
    practice = places.practice
    gone = practice.data.with_name(f"{practice.data.name}.gone")
    try:
        if practice.data.exists():
            practice.data.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
    except OSError as error:
        raise Refused(
            "Không bỏ được dữ liệu tập: có cửa sổ tập dùng đang mở. Hãy đóng cửa sổ ấy rồi thử lại."
        ) from error
