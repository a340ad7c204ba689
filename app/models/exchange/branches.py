"""Names the branches of a forked log: a pure function of the hashes that are held.

The events of one device and incarnation form a tree, rooted at the chain's first link. Where it
parts, one branch goes on under the name of what it grew from: of those a signed head covers, the one
with the smallest hash. Each other is a log of its own, named by the hash after its first event.
docs/adr/0017-both-branches-of-a-fork.md says why.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from app.models.events import event as e
from app.models.exchange import chain
from app.models.exchange.chain import LogName
from app.models.exchange.messages import MessageRejected, Run

DIGITS = 16  # of a chain hash, in hex: what a device can't make another event share but on purpose
MOST = 16  # branches of one log: only its device's own key can make one


class Link(NamedTuple):
    """One event as its chain holds it, and the incarnation it goes by now."""

    incarnation: str
    seq: int
    hash: bytes
    before: bytes


class Stretch(NamedTuple):
    """One log as it is named: it goes on from the hash `onto`, after event `after`, to `seq`."""

    incarnation: str
    onto: bytes
    after: int
    seq: int
    hash: bytes


class Move(NamedTuple):
    """The events `first` to `last` of the log `old` go by `new` from now on."""

    old: str
    new: str
    first: int
    last: int


Branches = Mapping[LogName, tuple[LogName, int]]
"""Of each branch the log it grows from, and the event there after which it does."""


def digits(hash_: bytes) -> str:
    """As much of a hash as names a branch, or tells an event from another of its name."""
    return hash_.hex()[:DIGITS]


def branch_name(root: str, first: bytes) -> str:
    """The incarnation that a branch of `root` goes by; `first` is the hash after its first event."""
    return f"{root}~{digits(first)}"


def new_branch(root: LogName, first: bytes, held: int) -> LogName:
    """What a branch that begins with the hash `first` goes by until all are named anew; `held` logs
    of this root are. Raises `MessageRejected` when there are too many."""
    if held > MOST:
        raise MessageRejected(
            "Một máy của đơn vị có quá nhiều chuỗi sự kiện mang cùng tên; không nhận thêm. "
            "Hãy báo cấp trên thu hồi máy ấy."
        )
    return LogName(root.device, branch_name(root.incarnation, first))


def has_parted(links: Collection[Link]) -> bool:
    """Whether two events follow the same one."""
    return len({link.before for link in links}) < len(links)


def named(root: str, links: Collection[Link], signed: Collection[bytes]) -> dict[bytes, str]:
    """By hash, the incarnation each event of the log `root` goes by; `signed` are heads' hashes.

    Raises `MessageRejected` when that gives two of them one name.
    """
    in_order = sorted(links, key=lambda link: link.seq)
    covered = set(signed)
    for link in reversed(in_order):
        if link.hash in covered:
            covered.add(link.before)
    goes_on: dict[bytes, bytes] = {}
    for link in sorted(in_order, key=lambda link: (link.hash not in covered, link.hash)):
        goes_on.setdefault(link.before, link.hash)
    names: dict[bytes, str] = {}
    for link in in_order:
        goes = goes_on[link.before] == link.hash
        own = root if goes else branch_name(root, link.hash)
        names[link.hash] = names.get(link.before, root) if goes else own
    if len({(names[link.hash], link.seq) for link in in_order}) < len(in_order):
        raise MessageRejected("Hai chuỗi sự kiện của một máy mang cùng tên; không nhận.")
    return names


def stretches(links: Iterable[Link], names: Mapping[bytes, str]) -> list[Stretch]:
    """The logs that `names` makes of `links`, parents first."""
    found: dict[str, Stretch] = {}
    for link in sorted(links, key=lambda link: link.seq):
        name = names[link.hash]
        begun = found.get(name, Stretch(name, link.before, link.seq - 1, 0, b""))
        found[name] = begun._replace(seq=link.seq, hash=link.hash)
    return sorted(found.values(), key=lambda one: (one.after, one.incarnation))


def moves(links: Iterable[Link], names: Mapping[bytes, str]) -> list[Move]:
    """What goes by another name than now."""
    changed = sorted(
        (link.incarnation, names[link.hash], link.seq)
        for link in links
        if link.incarnation != names[link.hash]
    )
    found: list[Move] = []
    for (old, new), some in groupby(changed, key=lambda each: each[:2]):
        seqs = [seq for _, _, seq in some]
        found.append(Move(old, new, seqs[0], seqs[-1]))
    return found


def parting(links: Iterable[Link]) -> int:
    """The first seq at which two events follow the same one."""
    seen: set[bytes] = set()
    shared = []
    for link in links:
        if link.before in seen:
            shared.append(link.seq)
        seen.add(link.before)
    return min(shared)


def departs(run: Run, seq: int, hashes_at: Callable[[int], Collection[bytes]]) -> bool:
    """Whether a run of a log that is held to `seq` in one chain parts with it; `hashes_at` gives the
    hashes held after an event."""
    last = min(run.last, seq)
    start = tuple(hashes_at(run.first - 1)) if 0 < run.first <= last else ()
    if not start:
        return False
    told = chain.links(start[0], run.records[: last - run.first + 1])
    return told[-1] not in hashes_at(last)


def linked(rows: Iterable[tuple[str, int, bytes, bytes | None]], start: bytes) -> list[Link]:
    """The events of a tree that begins at `start`: of (incarnation, seq, hash, what a branch goes on
    from), each log's in order."""
    before, found = dict[str, bytes](), list[Link]()
    for name, seq, hash_, onto in rows:
        found.append(Link(name, seq, hash_, before.get(name, onto or start)))
        before[name] = hash_
    return found


def on_path(grown: Branches, log: LogName, seq: int) -> LogName:
    """The log in which event `seq` of this log's chain lies: itself, or what it grew from."""
    while log in grown and seq <= grown[log][1]:
        log = grown[log][0]
    return log


def begins(grown: Branches, log: LogName) -> int:
    """The event after which a log begins: 0 for one that is no branch."""
    return grown[log][1] if log in grown else 0


def seq_in(thing: str, root: LogName) -> int:
    """Which event of the log, or of a branch of it, a thing is named by; -1 for another's."""
    try:
        name = e.EventName.parse(thing)
    except ValueError:
        return -1
    return name.seq if LogName(name.device, name.incarnation).root == root else -1


def parents_first(logs: Iterable[LogName], grown: Branches) -> Sequence[LogName]:
    """Sorted so that no branch comes before what it grows from."""
    return sorted(logs, key=lambda log: (log.root, grown[log][1] if log in grown else -1, log))


def name_in(grown: Branches, log: LogName, seq: int) -> e.EventName:
    """The name of event `seq` of this log's chain."""
    return e.EventName(*on_path(grown, log, seq), seq)
