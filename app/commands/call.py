"""What a command is given: its words, where the data lies and who acts; and how it answers."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from getpass import getpass

import msgspec

from app.counter import Counter, asks_password, open_counter
from app.desk.unit.office import Wrong
from app.models.errors import BadInput
from app.models.unit.officer import check_administers
from app.settings import Places
from app.store.database.telling import TOLD_EVERY
from app.sync.second_copy import SecondCopy

FURTHEST_DAYS = 366
PASSPHRASE, OFFICER = "MOTCUA_PASSPHRASE", "MOTCUA_OFFICER"


@dataclass(frozen=True)
class Call:
    """One command as it was asked for."""

    options: Namespace
    places: Places
    clock: Callable[[], datetime]

    @property
    def officer(self) -> str:
        """The login of whoever acts; empty for the counter's first officer."""
        return os.environ.get(OFFICER, "").strip()

    def passphrase(self) -> str:
        """The password of whoever acts: from the environment, or typed at a terminal."""
        if given := os.environ.get(PASSPHRASE, ""):
            return given
        if sys.stdin.isatty():
            return getpass("Mật khẩu: ")
        raise BadInput(f"Chưa có mật khẩu. Hãy đặt mật khẩu vào biến môi trường {PASSPHRASE}.")

    @contextmanager
    def counter(self) -> Iterator[Counter]:
        """The counter, open for this command. Raises `Refused` with the sentence."""
        password = self.passphrase() if asks_password(self.places) else ""
        counter = open_counter(self.places, self.officer, password, self.clock, say_rebuilding)
        store = counter.desk.store
        try:
            yield counter
        finally:
            try:
                second = SecondCopy(store).follow()
            finally:
                store.close()
            if second.sentence and not second.copied:
                complain(second.sentence)

    def answer(self, facts: Mapping[str, object], words: str) -> None:
        """One answer, at once: `facts` as a line of JSON for programs, or `words` for people."""
        line = msgspec.json.encode(facts).decode() if self.options.json else words
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


Command = Callable[[Call], int]
"""Gives the exit status, or raises `Refused` with the sentence."""

DONE, OUR_FAULT, BAD_INPUT, REFUSED, OTHER_SIDE = range(5)


def complain(sentence: str) -> None:
    """One sentence beside the answers."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def say_brought_in(
    call: Call, facts: Mapping[str, object], words: str, wrong: Sequence[Wrong], *, is_any: bool
) -> int:
    """What a file came to, the rows that stayed out listed; where not one went in the exit status is
    2, or 3 if a rule refused each."""
    told = [f"Dòng {one.line}: {one.reason}" for one in wrong]
    refused = [{"line": one.line, "reason": one.reason} for one in wrong]
    call.answer({**facts, "refused": refused}, "\n".join((words, *told)))
    if wrong and not is_any:
        name = call.options.file.name
        if all(one.by_rule for one in wrong):
            complain(f"Không dòng nào của tệp {name} được tiếp nhận. {wrong[0].reason}")
            return REFUSED
        complain(f"Không dòng nào của tệp {name} nhập được. Hãy sửa tệp rồi nhập lại.")
        return BAD_INPUT
    return DONE


def days_ahead(number: int, option: str) -> int:
    """So many days to look ahead, a year of them at most; raises `BadInput`."""
    if not 0 <= number <= FURTHEST_DAYS:
        raise BadInput(f"{option} phải là số từ 0 đến {FURTHEST_DAYS}.", option)
    return number


def say_rebuilding(done: int, of: int) -> None:
    """A line beside the answers at each tenth of the way, when a new version folds the tables anew."""
    if done * 10 // max(of, 1) > (done - TOLD_EVERY) * 10 // max(of, 1):
        complain(f"Chương trình có bản mới, đang dựng lại các bảng: {done}/{of}.")


def administrator(counter: Counter) -> str:
    """The login of who acts, who must be an administrator; raises `Refused`."""
    check_administers(counter.officer)
    return counter.officer.login


def secret_line(what: str) -> str:
    """One line of stdin, for what must never be an argument; raises `BadInput` when it is empty."""
    try:
        line = sys.stdin.readline().strip()
    except UnicodeDecodeError:
        raise BadInput(f"Không đọc được {what}: stdin phải là UTF-8. Hãy đưa lại.") from None
    if not line:
        raise BadInput(f"Chưa có {what}. Hãy đưa {what} vào stdin, trên một dòng.")
    return line
