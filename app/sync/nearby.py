"""Finds the unit's hubs on the local network, by mDNS; whom to believe is the caller's to say."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from zeroconf import InterfaceChoice, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

SERVICE = "_motcua._tcp.local."
PATIENCE = 1.5  # seconds; on a quiet network an answer takes a tenth of that

Interfaces = Sequence[str] | InterfaceChoice


def properties(unit: str, device: str) -> dict[str, str]:
    """What a hub says of itself; nobody need believe it, its answers are signed."""
    return {"unit": unit, "device": device}


def hubs(
    unit: str, wanted: Collection[str], interfaces: Interfaces = InterfaceChoice.All
) -> dict[str, str]:
    """Address by device of those `wanted` that call themselves hubs of `unit`, until one is found.

    Nothing when there is no network.
    """
    try:
        return asyncio.run(_listen(unit, wanted, interfaces))
    except OSError:
        return {}


async def _listen(unit: str, wanted: Collection[str], interfaces: Interfaces) -> dict[str, str]:
    names: asyncio.Queue[str] = asyncio.Queue()

    def heard(
        zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        if state_change is not ServiceStateChange.Removed:
            names.put_nowait(name)

    found: dict[str, str] = {}
    network = AsyncZeroconf(interfaces=interfaces)
    try:
        browser = AsyncServiceBrowser(network.zeroconf, SERVICE, handlers=[heard])
        try:
            async with asyncio.timeout(PATIENCE):
                while not found:
                    info = AsyncServiceInfo(SERVICE, await names.get())
                    if await info.async_request(network.zeroconf, 1000):
                        said = _of_unit(info, unit)
                        found = {device: url for device, url in said.items() if device in wanted}
        except TimeoutError:
            pass
        await browser.async_cancel()
    finally:
        await network.async_close()
    return found


def _of_unit(info: AsyncServiceInfo, unit: str) -> Mapping[str, str]:
    said = info.decoded_properties
    addresses = [address for address in info.parsed_scoped_addresses() if ":" not in address]
    if said.get("unit") != unit or not said.get("device") or not addresses:
        return {}
    return {str(said["device"]): f"http://{addresses[0]}:{info.port}"}
