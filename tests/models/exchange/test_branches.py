"""What the branches of a forked log are called: by the hashes that are held, and by nothing else."""

from hashlib import sha256
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.exchange.branches import (
    MOST,
    Link,
    branch_name,
    moves,
    name_in,
    named,
    new_branch,
    parents_first,
    parting,
    stretches,
)
from app.models.exchange.chain import LogName
from app.models.exchange.messages import MessageRejected

GENESIS = b"\0" * 32


def a_tree(parents: list[int], salt: int = 0) -> list[Link]:
    """One event after another, each behind one of those before it (0: the beginning)."""
    tree: list[Link] = []
    for number, drawn in enumerate(parents):
        at = drawn % (number + 1)
        before, seq = (tree[at - 1].hash, tree[at - 1].seq) if at else (GENESIS, 0)
        hash_ = sha256(f"{salt} {number}".encode()).digest()
        tree.append(Link("a1", seq + 1, hash_, before))
    return tree


trees = st.lists(st.integers(0, 30), min_size=1, max_size=24).map(a_tree)


@given(trees, st.randoms(use_true_random=False), st.sets(st.integers(0, 23)))
def test_whatever_came_first_the_names_are_the_same(
    tree: list[Link], chance: Random, heads: set[int]
) -> None:
    signed = {link.hash for number, link in enumerate(tree) if number in heads}
    others = [link._replace(incarnation=f"a1~{chance.randrange(9)}") for link in tree]
    chance.shuffle(others)
    assert named("a1", others, signed) == named("a1", tree, signed)


@given(trees)
def test_no_name_is_given_twice_and_every_branch_goes_on_from_what_it_grew_from(
    tree: list[Link],
) -> None:
    names = named("a1", tree, ())
    by_name = {(names[link.hash], link.seq): link for link in tree}
    assert len(by_name) == len(tree)
    for link in tree:
        before = by_name.get((names[link.hash], link.seq - 1))
        begins = names[link.hash] == branch_name("a1", link.hash) or link.seq == 1
        assert begins if before is None else link.before == before.hash


@given(trees)
def test_what_is_told_apart_by_stretches_is_all_there_is(tree: list[Link]) -> None:
    names = named("a1", tree, ())
    told = stretches(tree, names)
    assert sum(one.seq - one.after for one in told) == len(tree)
    assert told[0].onto == GENESIS
    assert {one.hash for one in told} <= {link.hash for link in tree}
    parts = len({link.before for link in tree}) < len(tree)
    assert (len(told) > 1) == parts
    if parts:
        assert all(one.after >= parting(tree) - 1 for one in told[1:])


@given(trees, st.integers(0, 23))
def test_what_is_moved_then_goes_by_its_new_name(tree: list[Link], held: int) -> None:
    before = named("a1", tree[: held + 1], ())
    named_so_far = [link._replace(incarnation=before.get(link.hash, "new")) for link in tree]
    names = named("a1", tree, ())
    new = {(link.incarnation, link.seq): link.incarnation for link in named_so_far}
    for move in moves([x for x in named_so_far if x.incarnation != "new"], names):
        for seq in range(move.first, move.last + 1):
            new[move.old, seq] = move.new
    for link in named_so_far[: held + 1]:
        assert new[link.incarnation, link.seq] == names[link.hash]


def test_a_branch_no_head_covers_gives_way() -> None:
    tree = a_tree([0, 1, 1])
    small, large = sorted(tree[1:], key=lambda link: link.hash)
    assert named("a1", tree, ())[small.hash] == "a1"
    assert named("a1", tree, {large.hash})[large.hash] == "a1"
    assert named("a1", tree, {small.hash, large.hash})[small.hash] == "a1"


def test_a_head_covers_all_that_lies_before_it() -> None:
    tree = a_tree([0, 1, 1])
    small, large = sorted(tree[1:], key=lambda link: link.hash)
    tip = Link("a1", 3, sha256(b"tip").digest(), large.hash)
    names = named("a1", [*tree, tip], {tip.hash})
    assert (names[large.hash], names[tip.hash]) == ("a1", "a1")
    assert names[small.hash] == branch_name("a1", small.hash)


def test_two_branches_that_would_go_by_one_name_are_refused() -> None:
    """Their hashes begin alike: a device makes two such events on purpose only."""
    tree = [Link("a1", 1, b"\1" * 8 + bytes([n]) * 24, GENESIS) for n in range(3)]
    with pytest.raises(MessageRejected, match="mang cùng tên"):
        named("a1", tree, ())


def test_no_branch_comes_before_what_it_grew_from() -> None:
    root, inner, outer = (LogName("d", name) for name in ("a1", "a1~9", "a1~1"))
    grown = {inner: (root, 4), outer: (inner, 7)}
    for logs in permutations((root, inner, outer)):
        assert parents_first(logs, grown) == [root, inner, outer]


def test_of_one_log_so_many_branches_are_kept_and_no_more() -> None:
    root = LogName("d", "a1")
    assert new_branch(root, GENESIS, MOST) == LogName("d", branch_name("a1", GENESIS))
    with pytest.raises(MessageRejected, match="thu hồi máy ấy"):
        new_branch(root, GENESIS, MOST + 1)


def test_an_event_lies_in_the_log_its_chain_goes_through() -> None:
    root, one, two = (LogName("d", name) for name in ("a1", "a1~1", "a1~2"))
    grown = {one: (root, 4), two: (one, 7)}
    found = [name_in(grown, two, seq).incarnation for seq in (4, 5, 7, 8)]
    assert found == ["a1", "a1~1", "a1~1", "a1~2"]
