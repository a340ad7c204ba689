"""HTTPS to a server whose certificate is known by its key, whatever its dates and our clock say."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app import clock
from app.models.errors import BadInput, OtherSideFailed
from app.sync.client import exchange
from app.sync.enrol import Enrolment, enrol
from server.certificate import pin_of
from server.cli import main
from tests.sync.small import UNIT, SmallCounter, SmallServer

ROOT = Path(__file__).parents[2]
LONG_AGO = (datetime(2001, 1, 1, tzinfo=UTC), datetime(2002, 1, 1, tzinfo=UTC))
NOT_YET = (datetime(2088, 1, 1, tzinfo=UTC), datetime(2089, 1, 1, tzinfo=UTC))


class Certificate(NamedTuple):
    """A PEM file and its private key's."""

    path: Path
    key: Path


def certificate(folder: Path, dates: tuple[datetime, datetime] = LONG_AGO) -> Certificate:
    """Signed by nobody but itself."""
    folder.mkdir(exist_ok=True)
    key, name = generate_private_key(SECP256R1()), x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, *dates)
    alternatives = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = builder.add_extension(alternatives, critical=True).sign(key, hashes.SHA256())
    files = Certificate(folder / "certificate.pem", folder / "key.pem")
    files.path.write_bytes(made.public_bytes(Encoding.PEM))
    files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@contextmanager
def serving(folder: Path, shown: Certificate) -> Iterator[str]:
    """The address of a server on `folder` that shows this certificate."""
    words = ("--certificate", str(shown.path), "--certificate-key", str(shown.key), "--json")
    command = ("serve", "--listen", "127.0.0.1:0", "--data", str(folder), *words)
    with subprocess.Popen(
        [sys.executable, "-m", "server.cli", *command], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["address"]
        finally:
            process.kill()


def enrolled(counter: SmallCounter, server: SmallServer, address: str) -> Enrolment:
    return enrol(address, server.code(), counter.keys.public, counter.counter, UNIT)


@pytest.fixture
def server(tmp_path: Path) -> SmallServer:
    return SmallServer(tmp_path / "server", UNIT)


@pytest.mark.parametrize("dates", [LONG_AGO, NOT_YET], ids=["long over", "not yet valid"])
def test_a_certificate_is_known_by_its_key_and_no_clock_is_asked(
    server: SmallServer, tmp_path: Path, dates: tuple[datetime, datetime]
) -> None:
    counter, shown = SmallCounter("first", 1), certificate(tmp_path / "tls", dates)
    with serving(server.data, shown) as address:
        met = enrolled(counter, server, address)
        assert address.startswith("https://")
        assert met.server.pin == pin_of(shown.path)
        counter.receive(1)
        assert exchange(counter, counter.keys, UNIT, met.server, counter).pending == 0


@pytest.mark.parametrize("wrong", ["-1d", "+1d", "-10y", "+10y"])
def test_a_counter_whose_clock_is_wrong_enrols_and_exchanges(
    server: SmallServer, tmp_path: Path, wrong: str
) -> None:
    """The clock of the counter's process alone: that of its own code, and of the library under TLS."""
    now = clock.now()
    shown = certificate(tmp_path / "tls", (now - timedelta(hours=9), now + timedelta(hours=9)))
    with serving(server.data, shown) as address:
        words = ("-m", "tests.sync.wrong_clock", str(tmp_path / "counter"), address, server.code())
        told = subprocess.run(
            ["faketime", "-f", wrong, sys.executable, *words],
            env={**os.environ, "SSL_CERT_FILE": str(shown.path)},
            cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    years = int(wrong[:-1]) if wrong[-1] == "y" else 0
    assert told.stdout, told.stderr
    answer = json.loads(told.stdout)
    assert (answer["pinned"], answer["pending"]) == (True, [0, 0])
    assert abs(answer["year"] - now.year - years) <= 1 - abs(years) // 10


def test_another_certificate_gets_not_a_byte(server: SmallServer, tmp_path: Path) -> None:
    counter = SmallCounter("first", 1)
    with serving(server.data, certificate(tmp_path / "tls")) as address:
        met = enrolled(counter, server, address).server
    with serving(server.data, certificate(tmp_path / "other")) as address:
        elsewhere = met._replace(url=address)
        with pytest.raises(OtherSideFailed, match="ghi danh lại"):
            exchange(counter, counter.keys, UNIT, elsewhere, counter)
    assert counter.own not in server.map()


def test_a_certificate_the_server_does_not_vouch_for_enrols_nobody(
    server: SmallServer, tmp_path: Path
) -> None:
    """As when somebody between shows a certificate of his own and passes everything on."""
    known, between = certificate(tmp_path / "tls"), certificate(tmp_path / "between")
    with serving(server.data, between) as address, pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.sync.enrol.pinned", lambda *_: pin_of(known.path))
        with pytest.raises(OtherSideFailed, match="chen giữa"):
            enrolled(SmallCounter("first", 1), server, address)


def test_one_the_web_does_not_trust_needs_the_servers_word(
    server: SmallServer, tmp_path: Path
) -> None:
    with (
        serving(server.data, certificate(tmp_path / "tls")) as address,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("app.sync.enrol.pinned", lambda *_: "")
        with pytest.raises(OtherSideFailed, match="Chứng thư"):
            enrolled(SmallCounter("first", 1), server, address)


def test_a_certificate_that_is_none_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadInput, match="PEM"):
        pin_of(tmp_path)
    one, other = certificate(tmp_path / "one"), certificate(tmp_path / "other")
    words = ("--certificate", str(one.path), "--certificate-key", str(other.key))
    assert main(["serve", "--data", str(tmp_path), "--listen", "127.0.0.1:0", *words]) == 2
    assert "--certificate-key" in capsys.readouterr().err
