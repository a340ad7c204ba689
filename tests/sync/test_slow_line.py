"""A line of 64 kbit/s with round trips of 2 s, in virtual time: what a day's work takes to go up."""

from dataclasses import dataclass

import httpx

from app.models.events import event as e
from tests.sync.small import SmallCounter, SmallServer

BITS_A_SECOND = 64_000
ROUND_TRIP = 2.0
HANDSHAKES = 3  # round trips before the first byte: TCP one, TLS 1.2 two
OVERHEAD = 600  # bytes of HTTP headers, TLS records and packets' own, a request and its answer


@dataclass
class SlowLine(httpx.BaseTransport):
    """Straight through to the server, counting the seconds it would take."""

    inner: httpx.BaseTransport
    seconds: float = HANDSHAKES * ROUND_TRIP

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        up = len(request.read())
        answer = self.inner.handle_request(request)
        body = answer.read()
        self.seconds += ROUND_TRIP + (up + len(body) + OVERHEAD) * 8 / BITS_A_SECOND
        return httpx.Response(answer.status_code, stream=httpx.ByteStream(body))


def test_a_day_of_300_dossiers_goes_up_in_a_minute_and_a_half(
    server: SmallServer, counter: SmallCounter
) -> None:
    for number in range(300):
        thing = str(counter.receive(number, salt=f"{number * 7919:014x}"))
        for body in (e.HandedOver("hoa"), e.Accepted(), e.Signed()):
            counter.write(body, thing)
    slow = SlowLine(server.line)
    assert server.exchange(counter, slow).pending == 0
    assert slow.seconds <= 90


def test_an_idle_exchange_takes_one_round_trip(server: SmallServer, counter: SmallCounter) -> None:
    slow = SlowLine(server.line, seconds=0.0)
    server.exchange(counter, slow)
    assert slow.seconds < ROUND_TRIP + 0.5
