"""What listens for counters."""

import socket

from server.web.serving import listening_at


def test_the_end_of_an_answer_waits_for_no_acknowledgement() -> None:
    with (
        listening_at("127.0.0.1:0") as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as answering,
    ):
        assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
