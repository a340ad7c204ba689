"""What a hub does beside answering: carries everything upward, and tells the network it is there."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from time import monotonic

from ifaddr import get_adapters
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from zeroconf import NonUniqueNameException
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from app.models.errors import Refused
from app.models.exchange.messages import map_hash
from app.sync.nearby import SERVICE, properties
from app.sync.pace import Pace
from server.file_relay import FileRelay
from server.hub import Relay

LOOK_EVERY = 2.0  # seconds between two looks whether counters brought something

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def working(
    relay: Relay, files: FileRelay, unit: str, device: str, host: str, port: int
) -> Lifespan:
    """Relays and announces as long as the application lives."""

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        relaying = asyncio.create_task(_relay(relay, files))
        try:
            async with _announced(unit, device, host, port):
                yield
        finally:
            relaying.cancel()
            with suppress(asyncio.CancelledError):
                await relaying

    return alive


async def _relay(relay: Relay, files: FileRelay) -> None:
    """For ever: at once when something came, else on the timer; later and later while there is no line.

    Scans go after the events.
    """
    pace, carried = Pace(monotonic()), ""
    while True:
        held = map_hash(await run_in_threadpool(relay.map))
        if held != carried:
            pace = pace.new_event(monotonic())
        if not pace.wait(monotonic()):
            try:
                await run_in_threadpool(relay.relay)
                carried = map_hash(await run_in_threadpool(relay.map))
                await run_in_threadpool(files.carry)
                pace = pace.succeeded(monotonic(), random.random())  # noqa: S311  # no secret
            except Refused:
                pace = pace.failed(monotonic(), random.random())  # noqa: S311
        await asyncio.sleep(LOOK_EVERY)


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
