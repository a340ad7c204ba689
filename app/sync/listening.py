"""Hears on an event loop, as a hub does, that the server holds something else than it did."""

from collections.abc import AsyncGenerator

from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys
from app.sync.address import ServerAddress
from app.sync.files import KIND, answered, asked
from app.sync.http import post_waiting, trust_for, waiting_line


async def spoken(keys: DeviceKeys, unit: str, server: ServerAddress) -> AsyncGenerator[str, None]:
    """For ever, each time the server speaks, the hash of the map it holds of `unit`.

    A hint and no acknowledgement. Raises `OtherSideFailed` when it says nothing more.
    """
    told = ""
    async with waiting_line(trust_for(server.url, server.pin)) as client:
        while True:
            question = asked(keys, unit, server, talk.News(told))
            said = talk.ask(question, keys, server.keys)
            status, body = await post_waiting(client, f"{server.url}/news", said, KIND)
            told = answered(status, body, question, keys, server).map_hash
            yield told
