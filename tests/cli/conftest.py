from pathlib import Path

import pytest

from tests.cli.motcua import Motcua, dossier, sit_down


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def seat(state: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Monday morning at a PC without a keyring, whose first officer acts."""
    sit_down(monkeypatch, state)
    return monkeypatch


@pytest.fixture
def motcua(tmp_path: Path, seat: pytest.MonkeyPatch) -> Motcua:
    """A counter just made."""
    return Motcua(tmp_path / "data", seat).established()


@pytest.fixture(scope="session")
def _kept(tmp_path_factory: pytest.TempPathFactory, state: Path) -> tuple[Path, str]:
    """A counter with one dossier that no test may change, and its code."""
    with pytest.MonkeyPatch.context() as patch:
        sit_down(patch, state)
        made = Motcua(tmp_path_factory.mktemp("kept") / "data", patch).established()
        (code,) = made.receive(dossier())
    return made.data, code


@pytest.fixture
def kept(_kept: tuple[Path, str], seat: pytest.MonkeyPatch) -> Motcua:
    """The counter with one dossier; what is only read or refused needs no other."""
    return Motcua(_kept[0], seat)


@pytest.fixture
def code(_kept: tuple[Path, str]) -> str:
    """The code of the one dossier of `kept`."""
    return _kept[1]
