"""Runs the application until it is told to stop, and then leaves no question unanswered."""

import gc
import os
import signal
import socket
import sys
from threading import Thread  # noqa: TID251  # no event loop of Windows can wait for a plain pipe

import uvicorn

from app.models.errors import BadInput, Refused
from server.exchange.news import News

DEFAULT_LISTEN = "127.0.0.1:8710"
OFTEN = 200_000  # objects begun from one look for garbage to the next: more than a message makes


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._news.end()
        await super().shutdown(sockets)


def listening_at(text: str) -> socket.socket:
    """What listens at `text`, HOST:PORT. Raises `BadInput`, `Refused`."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise BadInput(f"Địa chỉ nghe phải là MÁY:CỔNG, ví dụ {DEFAULT_LISTEN}.")
    host = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, int(port)), family=family)
    except PermissionError as error:
        raise Refused(
            f"Hệ thống không cho nghe ở {text}. Hãy cho phép Một Cửa trong tường lửa của máy này, "
            "hoặc chọn cổng khác trên 1024."
        ) from error
    except OSError as error:
        raise Refused(
            f"Không nghe được ở {text}: cổng đang bận hoặc địa chỉ không có trên máy."
        ) from error
    # its connections inherit it. asyncio sets it only where the protocol was named, as `create_server`
    # doesn't; without it an answer's end waits for the reader's delayed acknowledgement, 40 ms
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve(
    config: uvicorn.Config, news: News, listening: socket.socket, *, tied: bool = False
) -> None:
    """Returns once a signal has stopped it; `tied`: or the end of stdin, as when its caller is no more."""
    gc.freeze()  # what is built by now lives as long as the process
    gc.set_threshold(OFTEN)
    # uvicorn raises a caught signal again once it has stopped; stopping was what was asked
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = _Server(config, news)
    if tied:
        Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
    server.run(sockets=[listening])


def _end_with_stdin(server: uvicorn.Server) -> None:
    # not through sys.stdin's buffer: its lock, held at the end of the program, would abort it
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True
