"""A command on data of an older version says on stderr that the tables are folded anew, and goes on."""

import pytest

from tests.cli.motcua import Motcua, dossier


def test_a_command_tells_of_the_tables_being_folded_anew(
    motcua: Motcua, monkeypatch: pytest.MonkeyPatch
) -> None:
    motcua.receive(dossier())
    monkeypatch.setattr("app.store.store.VERSION", 999)
    told = motcua("find", "su")
    assert told.status == 0
    assert told.errors[0].startswith("Chương trình có bản mới, đang dựng lại các bảng: 0/")
    assert motcua("find", "su").errors == []
