"""Runs the application until it is told to stop, and then leaves no question unanswered."""

import gc
import os
import signal
import socket
import sys
from threading import Thread  # noqa: TID251  # no event loop of Windows can wait for a plain pipe

import uvicorn

from server.exchange.news import News

OFTEN = 200_000  # objects begun from one look for garbage to the next: more than a message makes


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._news.end()
        await super().shutdown(sockets)


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
