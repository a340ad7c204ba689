"""A fault of ours: a sentence, a line in the log that names nobody, and what was saved stays."""

from pathlib import Path

import pytest

from tests.cli.motcua import Motcua, dossier


@pytest.fixture
def broken(motcua: Motcua, seat: pytest.MonkeyPatch) -> Motcua:
    """A counter whose program has a fault, met when somebody searches."""

    def fail(*_: object) -> None:
        secret = {"applicant": "Lý A Sử"}
        raise KeyError(secret["applicant"])

    motcua.receive(dossier())
    seat.setattr("app.desk.looking.lookup.Lookup.find", fail)
    return motcua


def test_a_fault_of_ours_is_told_and_logged_without_the_values(broken: Motcua, state: Path) -> None:
    told = broken("find", "Lý A Sử")
    assert (told.status, told.answers, len(told.errors)) == (1, [], 1)
    assert "KeyError" in told.errors[0]
    assert str(state / "motcua.log") in told.errors[0]
    logged = (state / "motcua.log").read_text("utf-8").splitlines()[-1]
    assert "motcua find: KeyError at " in logged
    assert "fail" in logged
    assert "Lý" not in logged
    assert "Sử" not in logged


def test_a_log_that_cannot_be_written_is_no_second_fault(
    broken: Motcua, tmp_path: Path, seat: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full" / "motcua.log").mkdir(parents=True)
    seat.setenv("MOTCUA_STATE", str(tmp_path / "full"))
    assert broken("find", "x").status == 1


def test_whoever_interrupts_gets_the_usual_status(motcua: Motcua, seat: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    seat.setattr("app.desk.looking.lookup.Lookup.late", interrupt)
    assert motcua("late") == (130, [], [])
