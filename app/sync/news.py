"""Asks the server, or a hub near by, to say when it holds something that isn't here: one ear for each.

What is heard is a hint and changes nothing; the exchange it leads to is another's.
"""

from collections.abc import Iterator
from functools import partial

from app.models.errors import OtherSideFailed
from app.models.exchange.file_talk import News
from app.models.exchange.messages import map_hash
from app.store.practice import refuse_exchange
from app.store.store import Store
from app.sync.address import ServerAddress
from app.sync.files import asking
from app.sync.hubs import KEPT, addresses
from app.sync.known import enrolled_server, hubs_of
from app.sync.reached import Do, here

NO_HUB = "Không thấy trạm trung chuyển nào trong mạng nội bộ."


def news_of_server(store: Store, do: Do = here) -> Iterator[bool]:
    """For ever, each time it speaks: whether it holds something else than we do.

    Raises `Refused`, `OtherSideFailed` when it says nothing more.
    """
    do(lambda: refuse_exchange(store))
    yield from _news(store, do, do(lambda: enrolled_server(store)))


def news_of_hub(store: Store, do: Do = here) -> Iterator[bool]:
    """The same of whichever hub of the unit answers, where one did or where one is found."""
    do(lambda: refuse_exchange(store))
    hubs, kept = do(lambda: (hubs_of(store), store.keeping.get(KEPT)))
    failed = OtherSideFailed(NO_HUB)
    for url, device in addresses(kept, store.unit, tuple(hubs)):
        where = f"{url} {device}"
        try:
            for is_news in _news(store, do, ServerAddress(url, hubs[device].keys)):
                if where != kept:  # it has signed: the next exchange finds it there
                    do(partial(store.keeping.put, KEPT, where))
                    kept = where
                yield is_news
        except OtherSideFailed as failure:
            failed = failure
    raise failed


def _news(store: Store, do: Do, whom: ServerAddress) -> Iterator[bool]:
    told = ""
    with asking(store.keys, store.unit, whom, lane="news") as ask:
        while True:
            told = ask(News(told)).map_hash
            yield told != do(lambda: map_hash(store.map()))
