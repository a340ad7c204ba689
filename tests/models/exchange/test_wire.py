"""The wire as it was first written: a change of a byte shows in these files, in review."""

from pathlib import Path

import zstandard

from app.models.exchange.messages import pack, unpack
from tests.models.wire_sample import COUNTER, sample

GOLDEN = Path(__file__).parents[1] / "golden"
TEXT = (GOLDEN / "wire-1.txt").read_bytes()
WIRE = Path(__file__).parents[3] / "docs" / "wire.md"


def inflated(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)


def test_a_message_is_packed_as_ever() -> None:
    assert inflated(pack(sample(), COUNTER)) == TEXT


def test_a_message_packed_by_the_first_version_is_read() -> None:
    assert unpack((GOLDEN / "wire-1.zst").read_bytes()) == sample()


def test_the_document_shows_this_very_message() -> None:
    assert f"```text\n{TEXT.decode()}\n```" in WIRE.read_text(encoding="utf-8")
