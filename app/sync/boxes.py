"""Sends full boxes of ballots to the server, in no order; sent twice, they are there once."""

from datetime import date
from functools import partial
from math import ceil

from app.models.exchange import file_talk as talk
from app.store.own.ballots import Ballots
from app.sync.files import Ask
from app.sync.reached import Do, here


def send_boxes(ballots: Ballots, ask: Ask, today: date, do: Do = here) -> int:
    """How many went. Raises `OtherSideFailed`, with every box kept there that was answered."""
    sent = 0
    for box in do(lambda: ballots.unsent(today)):
        mixed = sorted((ballot.key, dict(ballot.answers)) for ballot in box.ballots)
        parts = ceil(len(mixed) / talk.MOST_BALLOTS)
        for part in range(parts):  # each of nearly the same size: none of few
            ask(talk.Box(box.until, tuple(mixed[part::parts])))
        do(partial(ballots.note_sent, box, today))
        sent += 1
    return sent
