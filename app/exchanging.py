"""The server, bundles and the hub as the exchange's page needs them; each library is loaded by who needs it first."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.models.unit.officer import LEADING

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.models.exchange.bundle import Bound
    from app.models.exchange.talk import Heard
    from app.models.unit.officer import Officer
    from app.sync.bundle import Scans
    from app.sync.carrying import Read
    from app.sync.enrol_by_file import Joined
    from app.sync.held import Held
    from app.sync.hub_place import Above, HubPlace
    from app.sync.reached import Do
    from app.sync.standing import Standing
    from app.ui.exchange.hub_card import OwnHub
    from app.ui.exchange.hub_process import HubProcess
    from app.ui.exchange.words import Sent
    from app.ui.lanes.jobs import Jobs


class Upstream:
    """The server as the exchange page needs it; HTTP is loaded by the first exchange."""

    def __init__(
        self, desk: "Desk", jobs: "Jobs", officer: "Officer", hub: "HubProcess | None"
    ) -> None:
        self._desk, self._jobs = desk, jobs
        self._officer, self._hub = officer, hub

    def own_hub(self) -> "OwnHub | None":
        """For the window; none where `hub` is none."""
        from app.ui.exchange.hub_card import OwnHub

        if self._hub is None:
            return None
        ask = partial(self._above, self._hub.place)
        return OwnHub(self._hub, ask, may_run=bool(self._officer.roles & LEADING))

    def _above(self, place: "HubPlace") -> "Above":
        """For a lane: with it HTTP is loaded."""
        from app.sync.own_hub import above

        return above(self._desk.store, self._officer, place)

    def standing(self) -> "Standing":
        """For the desk lane."""
        from app.sync.standing import standing_of

        return standing_of(self._desk.store, self._desk.clock())

    def send(self, heard: "Heard", *, near: bool) -> "Sent":
        """For the line's lane."""
        from app import upstream

        desk = self._desk
        return upstream.send(desk.store, desk.clock, self._jobs.at_desk, heard=heard, near=near)

    def news_of_server(self) -> Iterator[bool]:
        """For a lane of its own."""
        from app.sync import news

        return news.news_of_server(self._desk.store, self._jobs.at_desk)

    def news_of_hub(self) -> Iterator[bool]:
        """For a lane of its own."""
        from app.sync import news

        return news.news_of_hub(self._desk.store, self._jobs.at_desk)

    def join(self, url: str, code: str) -> str:
        """For the line's lane."""
        from app import upstream

        return upstream.join(self._desk.store, url, code, self._jobs.at_desk).unit_name

    @property
    def may_mend(self) -> bool:
        """Whether the officer who sits here may say where the server is."""
        return bool(self._officer.roles & LEADING)

    def mend_address(self, url: str) -> None:
        """For the net lane: with it HTTP is loaded, and a hub here is told."""
        from app.sync import known, own_hub

        store, at_desk = self._desk.store, self._jobs.at_desk
        at_desk(partial(known.mend_address, store, self._officer, url))
        if self._hub is not None:
            own_hub.follow(store, self._hub.place, at_desk)

    def check_request(self, url: str, code: str) -> None:
        """For the net lane."""
        from app.sync import enrol_by_file

        enrol_by_file.check_request(url, code)

    def write_request(self, file: Path, url: str, code: str) -> None:
        """For the net lane."""
        from app.sync import enrol_by_file

        enrol_by_file.write_request(self._desk.store, file, url, code, self._jobs.at_desk)

    def read_answer(
        self, file: Path, url: str, step: Callable[[], None], heard: "Heard"
    ) -> "Joined":
        """For the net lane."""
        from app import upstream

        store, now = self._desk.store, self._desk.clock()
        return upstream.join_by_file(store, file, now, self._stepping(step), heard, url)

    def held(self) -> "Held":
        """For the desk lane."""
        from app.sync.held import held

        return held(self._desk.store)

    def write_bundle(self, file: Path, to: str, step: Callable[[], None], most: int) -> "Bound":
        """For the net lane; `step` is called before each slice at the desk, `most` bytes of scans go."""
        from app.sync import carrying

        return carrying.write_bundle(self._desk.store, file, to, self._stepping(step), most)

    def scans_for(self, to: str) -> "Scans":
        """For the desk lane."""
        from app.sync import carrying

        return carrying.scans_for(self._desk.store, to)

    def read_bundle(self, file: Path, step: Callable[[], None], heard: "Heard") -> "Read":
        """For the net lane."""
        from app import upstream

        desk = self._desk
        return upstream.read_bundle(desk.store, file, desk.clock(), self._stepping(step), heard)

    def _stepping(self, step: Callable[[], None]) -> "Do":
        from app.sync.reached import stepping

        return stepping(self._jobs.at_desk, step)
