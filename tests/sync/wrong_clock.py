"""A counter in a process of its own, under whatever clock that has: it enrols over HTTPS, receives, exchanges.

    python -m tests.sync.wrong_clock FOLDER ADDRESS CODE

Prints one JSON object: the year its clock shows, and what still waits after an exchange with a server
whose certificate is known by its key, and after one whose certificate the web trusts.
"""

import json
import sys
from pathlib import Path

from app import clock
from app.models.exchange.talk import Outcome
from app.sync.known import enrolled_server, keep_server
from app.upstream import join, send
from tests.making import ACounter, a_counter
from tests.sync.small import UNIT


def main(folder: str, address: str, code: str) -> None:
    counter = a_counter(Path(folder), unit=UNIT)
    join(counter.store, address, code)
    by_key = received_and_sent(counter)
    server = enrolled_server(counter.store)
    keep_server(counter.store, server._replace(pin=""))
    by_chain = received_and_sent(counter)
    counter.close()
    pending = [by_key.pending, by_chain.pending]
    told = {"year": clock.now().year, "pinned": bool(server.pin), "pending": pending}
    sys.stdout.write(json.dumps(told))


def received_and_sent(counter: ACounter) -> Outcome:
    counter.receive()
    return send(counter.store, clock.now)


if __name__ == "__main__":
    main(*sys.argv[1:])
