"""Bugs planted in what is carried: enrolment by files, and the scans a bundle brings."""

from datetime import datetime
from typing import Any

import pytest

from app.clock import VIETNAM
from app.models.events import event as e
from app.models.exchange import bundle
from app.models.exchange.enrolment import Answered, Asked, Code, read_keys
from app.store.own.attachments import Attachments
from app.store.reading.standing import Standing
from app.sync import enrol_by_file
from app.sync.address import ServerAddress
from app.sync.enrol import Enrolment
from server.exchange import bundle_files
from server.ledger.devices import Devices
from server.units import enrolment
from server.units.author import Author
from tests.simulation.planting import BUGS, Patch, bug, everywhere

# --- enrolment by files -------------------------------------------------------------------------


@bug
def codes_hold_for_ever(patch: Patch) -> None:
    right, long_ago = enrolment.Enrolment._try, datetime.fromtimestamp(0, VIETNAM)
    patch.setattr(enrolment.Enrolment, "_try", lambda self, asked, _: right(self, asked, long_ago))


@bug
def numbers_enrolled_again(patch: Patch) -> None:
    right = enrolment.Enrolment._make_known

    def make_known(*given: Any) -> None:
        with pytest.MonkeyPatch.context() as inside:
            inside.setattr(Devices, "counters", lambda _: {})
            inside.setattr(Author, "counters", lambda *_: {})
            inside.setattr(Author, "given", lambda *_: ((), ()))
            right(*given)

    patch.setattr(enrolment.Enrolment, "_make_known", make_known)


@bug
def anybodys_answer_is_the_servers(patch: Patch) -> None:
    def met(answered: Answered, _: Code, __: Asked, url: str) -> Enrolment | None:
        keys = read_keys(answered.sign_key, answered.seal_key)
        address = ServerAddress(url, keys) if keys else None
        return Enrolment(address, answered.unit_name, branches=True) if address else None

    patch.setattr(enrol_by_file, "proved", met)


@bug
def bundles_of_the_revoked_refused(patch: Patch) -> None:
    right = Standing.ever_enrolled

    def not_revoked(self: Standing, server: str) -> dict[str, e.Enrolled]:
        revoked = {body.device for body in self._said_by(server, "revoked", e.Revoked)}
        return {x: body for x, body in right(self, server).items() if x not in revoked}

    patch.setattr(Standing, "ever_enrolled", not_revoked)


# --- scans in bundles ---------------------------------------------------------------------------


@bug
def spoiled_bundles_read_as_far_as_they_go(patch: Patch) -> None:
    everywhere(patch, bundle.check_whole, lambda _: None)


@bug
def what_is_wanted_forgotten(patch: Patch) -> None:
    patch.setattr(bundle_files, "keep_wanted", lambda *_: None)


@bug
def restored_server_taken_at_its_old_word(patch: Patch) -> None:
    patch.setattr(Attachments, "there", lambda _: set[str]())


BUGS_HERE = frozenset(name for name, plant in BUGS.items() if plant.__module__ == __name__)
