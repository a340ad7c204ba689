"""Holds a question open until the unit has something new here: so nobody asks again and again for nothing.

A held question costs a socket and a timer, no thread. The more are held, the seldomer is looked.
"""

import asyncio
from time import monotonic

from starlette.concurrency import run_in_threadpool

from app.models.errors import OtherSideFailed, Refused
from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import BROKEN, MessageRejected
from server.exchange.answer import Answer, outcome_of
from server.exchange.answer import Outcome as Stands
from server.exchange.files import NoAnswer, refuse_strangers
from server.store.database import insisting
from server.units.units import Units

HELD = 50.0  # seconds; what stands between often cuts a line that says nothing for a minute
LOOK = 1.0  # seconds from one look at a unit to the next
AT_LOOK = 40  # questions held for which one look a second is right
MOST_HELD = 500


class News:
    """For all units of one process, on its one event loop."""

    def __init__(self, units: Units, keys: DeviceKeys) -> None:
        self._units, self._keys = units, keys
        self._looked: dict[str, tuple[float, str]] = {}
        self._held = 0
        self._is_ending = False

    async def answered(self, travelling: bytes) -> Answer:
        """The signed answer, sealed to whoever asked, as soon as there is news; raises `NoAnswer`."""
        try:
            question, digest = talk.hear(travelling, self._keys)
        except MessageRejected as rejected:
            raise NoAnswer(str(rejected)) from rejected
        stands = Stands.ANSWERED
        try:
            answer = talk.Answer(digest, map_hash=await self._told(question))
        except Refused as refused:
            stands = outcome_of(refused)
            answer = talk.Answer(digest, trouble=str(refused))
        return Answer(talk.reply(answer, self._keys, question.sender), stands)

    def end(self) -> None:
        """Answer all that is held: the process is to end."""
        self._is_ending = True

    # --- inside -----------------------------------------------------------------------------------

    async def _told(self, question: talk.Question) -> str:
        if not isinstance(question.what, talk.News):
            raise MessageRejected(BROKEN)
        engine, here = self._units.engine, self._keys.public
        await run_in_threadpool(insisting, lambda: refuse_strangers(engine, question, here))
        if self._held >= MOST_HELD:
            raise OtherSideFailed("Máy chủ đang có quá nhiều quầy chờ tin; hãy hỏi lại sau.")
        self._held += 1
        try:
            return await self._another(question.unit, question.what.map_hash)
        finally:
            self._held -= 1

    async def _another(self, unit: str, known: str) -> str:
        until = monotonic() + HELD
        while (found := await self._look(unit)) == known:
            if self._is_ending or monotonic() >= until:
                break
            await asyncio.sleep(LOOK)
        return found

    async def _look(self, unit: str) -> str:
        """What those who wait for one unit see, they see by one look."""
        at, found = self._looked.get(unit, (0.0, ""))
        if not found or monotonic() - at >= LOOK * max(1.0, self._held / AT_LOOK):
            found = await run_in_threadpool(insisting, lambda: self._units.map_hash(unit))
            self._looked[unit] = monotonic(), found
        return found
