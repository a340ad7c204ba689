"""A screen reader of a test's own: a bus for it alone, and what the window tells it (AT-SPI 2)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.journeys.screen import running, until

SERVICES = Path("/usr/share/dbus-1/accessibility-services")
REGISTRY = "org.a11y.atspi.Registry"
ACCESSIBLE, ROOT = "org.a11y.atspi.Accessible", "/org/a11y/atspi/accessible/root"
FOCUSABLE, FOCUSED, SHOWING = 11, 12, 25  # AtspiStateType
LISTS = ("table", "tree table", "list", "tree")  # whose rows are the unit's, not the window's
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>accessibility</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


class Told(NamedTuple):
    """What a reader is told of one thing on the screen."""

    role: str
    name: str
    states: frozenset[int]


class Reader:
    """Asks the window what is on the screen."""

    def __init__(self, address: str) -> None:
        self.environment = {
            "AT_SPI_BUS_ADDRESS": address,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        self._address = address
        self._line: DBusConnection | None = None

    def told(self) -> list[Told]:
        """Everything that shows now, but the rows of lists."""
        return [told for window in self._children(REGISTRY, ROOT) for told in self._walk(*window)]

    def focused(self) -> str:
        """The name of what the keyboard is at."""
        return next((told.name for told in self.told() if FOCUSED in told.states), "")

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()

    # --- inside -----------------------------------------------------------------------------------

    def _walk(self, bus: str, path: str) -> Iterator[Told]:
        role = self._call(bus, path, "GetRoleName")[0]
        states = _bits(*self._call(bus, path, "GetState")[0])
        if role != "application" and SHOWING not in states:
            return
        yield Told(role, self._name(bus, path), states)
        if role not in LISTS:
            for child in self._children(bus, path):
                yield from self._walk(*child)

    def _children(self, bus: str, path: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self._call(bus, path, "GetChildren")[0]
        return found

    def _name(self, bus: str, path: str) -> str:
        asked = Properties(DBusAddress(path, bus_name=bus, interface=ACCESSIBLE)).get("Name")
        return str(self._ask(asked)[0][1])

    def _call(self, bus: str, path: str, method: str) -> Any:
        address = DBusAddress(path, bus_name=bus, interface=ACCESSIBLE)
        return self._ask(new_method_call(address, method))

    def _ask(self, message: Any) -> Any:
        self._line = self._line or open_dbus_connection(self._address)
        return unwrap_msg(self._line.send_and_get_reply(message))


@contextmanager
def reader(folder: Path, display: dict[str, str]) -> Iterator[Reader]:
    """A reader on a bus of its own, for windows started with its environment."""
    socket, config = folder / "bus", folder / "bus.conf"
    config.write_text(_BUS.format(socket=socket, services=SERVICES), encoding="utf-8")
    command = ("dbus-daemon", "--config-file", str(config), "--nofork", "--nopidfile")
    listens = Reader(f"unix:path={socket}")
    with running(*command, env=display | listens.environment):
        until(socket.exists, "a bus")
        yield listens
        listens.close()


def lacking() -> str:
    """What this computer has not, in words; "" when a reader can be had."""
    lacks_bus = shutil.which("dbus-daemon") is None
    return "dbus-daemon" if lacks_bus else "" if SERVICES.exists() else "at-spi2-core"


def _bits(low: int, high: int) -> frozenset[int]:
    whole = low | high << 32
    return frozenset(place for place in range(64) if whole >> place & 1)
