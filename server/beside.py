"""What a hub does beside answering: carries everything upward, and tells the network it is there."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic

from ifaddr import get_adapters
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from zeroconf import NonUniqueNameException
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from app.files import why
from app.models.errors import Refused
from app.models.exchange.messages import map_hash
from app.sync.nearby import SERVICE, properties
from app.sync.pace import Pace
from server.build import Server, as_hub
from server.clock import now
from server.hub.file_relay import FileRelay
from server.hub.hub import WORD, Relay, Role, standing_role
from server.hub.standing import line, note_trouble, standing
from server.units.units import Units

LOOK_EVERY = 2.0  # seconds between two looks whether counters brought something
AGAIN = 1.0  # seconds from the server's answer to the next question
_FAILURES = (Refused, OSError)
"""What passes: a store another process is in, a full disk, no line."""

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def _in_words(failure: Exception) -> str:
    if isinstance(failure, OSError):
        return f"Trạm trung chuyển chưa đọc, ghi được tệp của nó: {why(failure)}."
    return str(failure)


class Rounds:
    """A hub's exchanges with its server: for ever, one at a time.

    `say` hears after each look why the last exchange failed, "" when it didn't.
    """

    def __init__(self, relay: Relay, files: FileRelay, say: Callable[[str], None]) -> None:
        self._relay, self._files, self._say = relay, files, say
        self._told, self._reached = asyncio.Event(), asyncio.Event()
        self._tried = ""
        self._pace = Pace(monotonic())
        self._carried = ""

    async def go_round(self) -> None:
        """At once when something came from either side or the server's address was mended, else on
        the timer; later and later while there is no line. Scans go after the events.
        """
        trouble = ""
        while True:
            try:
                if await self._is_due():
                    trouble = await self._exchange()
            except _FAILURES as failure:
                trouble, self._pace = _in_words(failure), self._pace.worth_a_try(monotonic())
            with suppress(*_FAILURES):  # it is said again after the next look
                await run_in_threadpool(self._say, trouble)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._told.wait()

    async def listen(self) -> None:
        """Hear from the server that somebody else brought it something; once it was reached, anew."""
        pace = Pace()
        while True:
            self._reached.clear()
            try:
                async with aclosing(self._relay.news()) as news:
                    async for said in news:
                        pace = Pace()
                        if said != await self._held():
                            self._told.set()
                        await asyncio.sleep(AGAIN)
            except _FAILURES:
                pace = pace.failed(monotonic(), random.random())  # noqa: S311  # no secret
            with suppress(TimeoutError):
                async with asyncio.timeout(pace.wait(monotonic())):
                    await self._reached.wait()

    # --- inside ---------------------------------------------------------------------------------

    async def _is_due(self) -> bool:
        """Whether something happened since the last exchange that asks for another, or it is time."""
        if await self._held() != self._carried:
            self._pace = self._pace.new_event(monotonic())
        if self._told.is_set():
            self._told.clear()
            self._pace = self._pace.news(monotonic())
        if await self._has_moved():
            self._pace = self._pace.worth_a_try(monotonic())
        return not self._pace.wait(monotonic())

    async def _exchange(self) -> str:
        """Why it failed, "" once it is done."""
        chance = random.random()  # noqa: S311  # no secret
        try:
            self._tried = await run_in_threadpool(self._relay.address)
            await run_in_threadpool(self._relay.relay)
            self._reached.set()
            self._carried = await self._held()
            await run_in_threadpool(self._files.carry)
        except _FAILURES as failure:
            self._pace = self._pace.failed(monotonic(), chance)
            return _in_words(failure)
        self._pace = self._pace.succeeded(monotonic(), chance)
        return ""

    async def _has_moved(self) -> bool:
        """Whether its server is looked for elsewhere than the last time."""
        with suppress(*_FAILURES):
            return await run_in_threadpool(self._relay.address) != self._tried
        return False

    async def _held(self) -> str:
        return map_hash(await run_in_threadpool(self._relay.map))


def as_living_hub(
    server: Server, role: Role, data: Path, host: str, port: int, tells: bool
) -> tuple[Server, Lifespan]:
    """The same data, answered from by a hub, and what it does beside; `tells`: and says how it stands."""
    units = as_hub(server, role).units
    role_now = partial(standing_role, data)
    relay = Relay(units, role_now, server.keys, now, data / WORD)
    hub = as_hub(server, role, relay.word)
    files = FileRelay(hub.upstream.files, role_now, server.keys)
    tell = _teller(units, role, relay) if tells else _quiet

    def say(trouble: str) -> None:
        note_trouble(data, trouble)
        tell(trouble)

    rounds = Rounds(relay, files, say)
    return hub, working(rounds, role.unit, server.keys.public.device, host, port)


def _teller(units: Units, role: Role, relay: Relay) -> Callable[[str], None]:
    """Says how the hub stands, each time it is otherwise."""
    said = ""

    def tell(trouble: str) -> None:
        nonlocal said
        told = line(standing(units, role.unit, relay.word(), trouble))
        if told != said:
            said = told
            print(told, flush=True)  # noqa: T201  # to the program that began this one

    return tell


def _quiet(_: str) -> None:
    """Nobody began this hub to hear how it stands."""


def working(rounds: Rounds, unit: str, device: str, host: str, port: int) -> Lifespan:
    """Makes its rounds and announces itself as long as the application lives, and no longer: who began
    the process begins it anew when a fault of ours has ended a round."""

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(work()) for work in (rounds.go_round, rounds.listen)]
        for task in tasks:
            task.add_done_callback(_stop_unless_cancelled)
        try:
            async with _announced(unit, device, host, port):
                yield
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            for fault in ended:
                if isinstance(fault, Exception):
                    raise fault

    return alive


def _stop_unless_cancelled(task: "asyncio.Task[None]") -> None:
    if not task.cancelled():
        signal.raise_signal(signal.SIGTERM)


@asynccontextmanager
async def _announced(unit: str, device: str, host: str, port: int) -> AsyncIterator[None]:
    """By mDNS, where the network lets it; counters told the address by hand don't need it."""
    addresses = _own_addresses() if host in {"0.0.0.0", "::"} else [host]  # noqa: S104  # compared only
    info = AsyncServiceInfo(
        SERVICE, f"motcua-{device[:12]}.{SERVICE}", port,
        properties=properties(unit, device), parsed_addresses=addresses,
        server=f"motcua-{device[:12]}.local.",
    )  # fmt: skip
    try:
        network = AsyncZeroconf(interfaces=addresses)
    except OSError:
        yield
        return
    try:
        with suppress(OSError, NonUniqueNameException):
            await network.async_register_service(info)
        yield
    finally:
        await network.async_close()


def _own_addresses() -> list[str]:
    ips = (ip for adapter in get_adapters() for ip in adapter.ips if ip.is_IPv4)
    found = [str(ip.ip) for ip in ips]
    return [address for address in found if not address.startswith("127.")] or found
