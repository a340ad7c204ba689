"""Runs the application until it is told to stop, and then leaves no question unanswered."""

import signal
import socket

import uvicorn

from server.news import News


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._news.end()
        await super().shutdown(sockets)


def serve(config: uvicorn.Config, news: News, listening: socket.socket) -> None:
    """Returns once a signal has stopped it."""
    # uvicorn raises a caught signal again once it has stopped; stopping was what was asked
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Server(config, news).run(sockets=[listening])
