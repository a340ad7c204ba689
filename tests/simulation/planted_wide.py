"""Bugs planted in what happens only to scans, newcomers, ears and programs of version 0.1."""

from typing import Any

from app.models.exchange.file_talk import Held
from app.models.exchange.messages import Message
from server.exchange import files, news
from server.exchange import upstream as server_upstream
from server.exchange.answer import STRANGER
from server.exchange.upstream import Stranger, Upstream
from server.ledger.ledger import Ledger
from server.units import enrolment
from tests.simulation.planting import BUGS, Patch, bug

# --- scans --------------------------------------------------------------------------------------


@bug
def first_part_taken_for_the_whole(patch: Patch) -> None:
    right = files._held

    def held(*given: Any) -> dict[str, Held]:
        return {file: Held(one.bytes, one.bytes > 0) for file, one in right(*given).items()}

    patch.setattr(files, "_held", held)


@bug
def hash_of_a_scan_unchecked(patch: Patch) -> None:
    patch.setattr(files, "_is_sound", lambda *_: True)


# --- newcomers, ears, version 0.1 ---------------------------------------------------------------


@bug
def codes_enrol_for_ever(patch: Patch) -> None:
    patch.setattr(enrolment, "_use", lambda *_: None)


@bug
def enrolments_forgotten_with_the_dump(patch: Patch) -> None:
    right = Upstream.admit

    def admit(self: Upstream, ledger: Ledger, message: Message) -> None:
        if message.sender.device not in ledger.devices.counters():
            raise Stranger(STRANGER)
        right(self, ledger, message)

    patch.setattr(Upstream, "admit", admit)


@bug
def news_looked_up_once(patch: Patch) -> None:
    patch.setattr(news, "LOOK", 1e12)


@bug
def bare_questions_refused(patch: Patch) -> None:
    patch.setattr(server_upstream, "is_sealed", lambda _: True)


BUGS_HERE = frozenset(name for name, plant in BUGS.items() if plant.__module__ == __name__)
