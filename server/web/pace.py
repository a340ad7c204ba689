"""Counts what one address sends within a minute; the minute over, nothing of it is known any more."""

from collections import Counter
from datetime import datetime
from hashlib import blake2b
from secrets import token_bytes

MOST_ADDRESSES = 10_000


class Pace:
    """Of one process, on its one event loop; addresses are kept as hashes under a key that lives as long as the minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._minute, self._key, self._seen = "", b"", Counter[bytes]()

    def allows(self, address: str, now: datetime) -> bool:
        """Count one more; False when it is one too many."""
        minute = f"{now:%Y-%m-%d %H:%M}"
        if minute != self._minute:
            self._minute, self._key, self._seen = minute, token_bytes(16), Counter()
        hidden = blake2b(address.encode(), key=self._key, digest_size=16).digest()
        if hidden not in self._seen and len(self._seen) >= MOST_ADDRESSES:
            return False
        self._seen[hidden] += 1
        return self._seen[hidden] <= self._most
