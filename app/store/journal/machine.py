"""Tells this machine from another by facts that don't lie on its disk.

They must not change while the machine stays the same: no network card that can be pulled out, no
address drawn anew at each start, no firmware version.
"""

import platform
import sys
from pathlib import Path

from app.models.digest import sha256

_BOARD = ("sys_vendor", "product_name", "product_family", "board_vendor", "board_name")
_PERMANENT = "0"  # addr_assign_type: the card's own address, neither set nor drawn
_RAW_TABLE = 0x52534D42  # "RSMB"
_SYSTEM, _BASEBOARD = 1, 2


def machine_facts() -> str:
    """A hash of the facts, 32 hex digits: a cloned disk in another PC meets another."""
    if sys.platform == "win32":
        facts = identity_in(_firmware_table())
    else:
        facts = board_and_cards(Path("/sys"))
    return sha256("\n".join((*facts, platform.machine())).encode()).hex()[:32]


def board_and_cards(system: Path) -> list[str]:
    """Linux, as any user may read it: maker and model, and the addresses of the cards built in."""
    wired = (
        _first_line(card / "address")
        for card in _built_in(system / "class/net")
        if not (card / "phy80211").exists() and _first_line(card / "addr_assign_type") == _PERMANENT
    )
    # a radio goes by drawn addresses; its own stands here
    radios = (_first_line(radio / "macaddress") for radio in _built_in(system / "class/ieee80211"))
    board = [_first_line(system / "class/dmi/id" / name) for name in _BOARD]
    return [*board, *sorted((*wired, *radios))]


def identity_in(table: bytes) -> list[str]:
    """Windows: UUID, makers, models and serials of system and board in a raw SMBIOS table (DSP0134)."""
    facts = []
    at = 8  # the header Windows puts before the table
    while at + 4 <= len(table):
        kind, strings = table[at], at + table[at + 1]
        end = table.find(b"\0\0", strings)
        if strings < at + 4 or end < 0:
            break
        if kind == _SYSTEM:
            facts.append(table[at + 8 : at + 24].hex())
        if kind in (_SYSTEM, _BASEBOARD):
            facts.append(table[strings:end].hex())
        at = end + 2
    return facts


if sys.platform == "win32":
    import ctypes

    def _firmware_table() -> bytes:
        read = ctypes.windll.kernel32.GetSystemFirmwareTable
        table = ctypes.create_string_buffer(read(_RAW_TABLE, 0, None, 0))
        read(_RAW_TABLE, 0, table, len(table))
        return table.raw


def _built_in(folder: Path) -> list[Path]:
    cards = folder.iterdir() if folder.exists() else ()
    return [
        c for c in cards if (c / "device").exists() and "/usb" not in str((c / "device").resolve())
    ]


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
