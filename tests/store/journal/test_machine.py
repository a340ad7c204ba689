from pathlib import Path

import pytest

from app.store.journal.machine import board_and_cards, identity_in, machine_facts

PCI, USB = "devices/pci0000:00/0000:00:1f.6", "devices/pci0000:00/0000:00:14.0/usb1/1-2"


class Linux:
    """A /sys like that of a PC at a counter."""

    def __init__(self, folder: Path) -> None:
        self.system = folder / "sys"
        self.put("class/dmi/id/sys_vendor", "Dell Inc.")
        self.put("class/dmi/id/product_name", "OptiPlex 3050")
        self.card("enp0s31f6", "d4:81:d7:00:00:01")

    def put(self, path: str, text: str) -> None:
        file = self.system / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")

    def card(self, name: str, address: str, at: str = PCI, assigned: str = "0") -> None:
        self.put(f"class/net/{name}/address", address)
        self.put(f"class/net/{name}/addr_assign_type", assigned)
        (self.system / at).mkdir(parents=True, exist_ok=True)
        (self.system / f"class/net/{name}/device").symlink_to(self.system / at)

    def radio(self, address: str, at: str = PCI) -> None:
        self.put("class/ieee80211/phy0/macaddress", address)
        (self.system / at).mkdir(parents=True, exist_ok=True)
        (self.system / "class/ieee80211/phy0/device").symlink_to(self.system / at)

    def facts(self) -> list[str]:
        return board_and_cards(self.system)


@pytest.fixture
def pc(tmp_path: Path) -> Linux:
    return Linux(tmp_path)


def test_a_machine_knows_itself_again() -> None:
    assert machine_facts() == machine_facts()
    assert len(machine_facts()) == 32


def test_the_same_model_with_another_card_is_another_machine(pc: Linux, tmp_path: Path) -> None:
    other = Linux(tmp_path / "2")
    other.put("class/net/enp0s31f6/address", "d4:81:d7:00:00:02")
    assert pc.facts() != other.facts()


def test_a_dongle_plugged_in_makes_no_other_machine(pc: Linux) -> None:
    before = pc.facts()
    pc.card("enx0001", "00:e0:4c:00:00:01", at=USB)
    pc.radio("00:e0:4c:00:00:02", at=USB)
    assert pc.facts() == before


def test_a_bridge_a_tunnel_or_a_drawn_address_makes_no_other_machine(pc: Linux) -> None:
    before = pc.facts()
    pc.put("class/net/docker0/address", "02:42:00:00:00:01")
    pc.put("class/net/docker0/addr_assign_type", "3")
    pc.card("bond0", "d4:81:d7:00:00:09", assigned="3")
    assert pc.facts() == before


def test_a_radio_is_known_by_its_own_address_not_the_one_it_goes_by(pc: Linux) -> None:
    pc.card("wlp1s0", "aa:aa:aa:aa:aa:01")
    pc.put("class/net/wlp1s0/phy80211/name", "phy0")
    pc.radio("d4:81:d7:00:00:77")
    before = pc.facts()
    pc.put("class/net/wlp1s0/address", "aa:aa:aa:aa:aa:02")
    assert pc.facts() == before
    assert "d4:81:d7:00:00:77" in before
    assert "aa:aa:aa:aa:aa:01" not in before


def test_a_newer_firmware_makes_no_other_machine(pc: Linux) -> None:
    before = pc.facts()
    pc.put("class/dmi/id/bios_version", "1.29.0")
    assert pc.facts() == before


def a_table(uuid: bytes, *, wake: int = 6, serial: bytes = b"ABC123") -> bytes:
    """A raw SMBIOS table as Windows gives it: header, BIOS, system, board, end."""
    bios = bytes([0, 4, 0, 0]) + b"Dell\x001.29.0\0\0"
    system = bytes([1, 27, 1, 0, 1, 2, 0, 3]) + uuid + bytes([wake, 0, 0])
    system += b"Dell\0OptiPlex\0" + serial + b"\0\0"
    board = bytes([2, 8, 2, 0, 1, 2, 0, 3]) + b"Dell\0" + b"0KH290\0" + b"/X/\0\0"
    return bytes(8) + bios + system + board + bytes([127, 4, 9, 0, 0, 0])


def test_on_windows_a_machine_is_its_uuid_and_serials() -> None:
    one = identity_in(a_table(bytes(range(16))))
    assert identity_in(a_table(bytes(range(16)), wake=3)) == one
    assert identity_in(a_table(bytes(16))) != one
    assert identity_in(a_table(bytes(range(16)), serial=b"XYZ999")) != one
    assert bytes(range(16)).hex() in one


@pytest.mark.parametrize("table", [b"", bytes(8), bytes(40), b"\x01" * 100, a_table(b"")[:30]])
def test_a_broken_table_stops_nothing(table: bytes) -> None:
    assert isinstance(identity_in(table), list)
