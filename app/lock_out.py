"""Makes whoever guesses at a password wait, longer with each wrong one (rules of security level 2).

A thief with the disk isn't slowed: him the keyring's secret and the stretched password stop. It is
for whoever sits down at a counter that somebody has just left.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from app.files import put_durably
from app.models.errors import UNREADABLE, BadInput, Refused
from app.settings import Places

FREE = 5
"""Wrong ones in a row before the first wait: an input method left on spoils two or three."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)


class Wrong(msgspec.Struct, frozen=True):
    """The wrong passwords of one officer since the last right one."""

    count: int
    last: Annotated[datetime, msgspec.Meta(tz=True)]

    def waits_until(self, now: datetime) -> datetime | None:
        """When the next may be tried; None at once, also where the clock was set back since."""
        if self.count < FREE or now < self.last:
            return None
        wait = min(FIRST_WAIT * 2 ** min(self.count - FREE, 10), LONGEST_WAIT)
        ends = self.last + wait
        return ends if ends > now else None


@dataclass(frozen=True)
class LockOut:
    """The wrong passwords of one counter; where its file can't be written, nobody has to wait."""

    places: Places

    @contextmanager
    def trying(self, login: str, now: datetime) -> Iterator[None]:
        """Around one try: what says `BadInput` of the password is a wrong one, what doesn't raise, right.

        Raises `Refused` instead, with nothing tried, while `login` has to wait.
        """
        wrong = self._read()
        before = wrong.get(who := self._who(login), Wrong(0, now))
        if ends := before.waits_until(now):
            raise Refused(_waiting(before.count, ends))
        try:
            yield
        except BadInput as error:
            if error.field != "password":
                raise
            after = Wrong(before.count + 1, now)
            self._keep(wrong | {who: after})
            if ends := after.waits_until(now):
                raise type(error)(_waiting(after.count, ends), error.field) from error
            raise
        self.forget(login)

    def forget(self, login: str) -> None:
        """The next try of `login` is as a first one: the password was right, or is a new one."""
        wrong = self._read()
        if wrong.pop(self._who(login), None):
            self._keep(wrong)

    def _who(self, login: str) -> str:
        return f"{login} {self.places.data}"  # one account's counters share the folder of the file

    def _read(self) -> dict[str, Wrong]:
        try:
            return msgspec.json.decode(self.places.lock_out.read_bytes(), type=dict[str, Wrong])
        except (OSError, *UNREADABLE):
            return {}

    def _keep(self, wrong: dict[str, Wrong]) -> None:
        with suppress(OSError):
            self.places.state.mkdir(parents=True, exist_ok=True)
            put_durably(self.places.lock_out, msgspec.json.encode(wrong), 0o600)


def _waiting(count: int, ends: datetime) -> str:
    return (
        f"Sai mật khẩu {count} lần liền: hãy chờ đến {ends:%H:%M:%S} rồi thử lại. "
        "Quên mật khẩu thì nhờ người phụ trách cấp lại."
    )
