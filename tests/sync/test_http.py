"""What is done between a question and its answer."""

import asyncio
import socket

import pytest

from app.models.errors import OtherSideFailed
from app.sync.certificate import bare
from app.sync.http import line, post, waiting_line

QUESTION = b"Nguy\xe1\xbb\x85n" * 1000


def test_work_is_done_while_the_other_side_is_at_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as there, line() as client:

        def other_side() -> None:
            with there.accept()[0] as asked:
                heard = b""
                while not heard.endswith(QUESTION):
                    heard += asked.recv(65536)
                asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        url = f"http://127.0.0.1:{there.getsockname()[1]}/"
        assert post(client, url, QUESTION, "text/plain", other_side) == (200, b"ok")


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:9", "socks4://127.0.0.1:9", "http://[::1", "http://127.0.0.1:x"]
)
def test_a_proxy_that_cannot_be_used_is_told(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait() -> None:
        async with waiting_line(bare()):
            pass

    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(OtherSideFailed, match="proxy"), line():
        pass
    with pytest.raises(OtherSideFailed, match="proxy"):
        asyncio.run(wait())
