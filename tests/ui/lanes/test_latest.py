from functools import partial

from app.models.errors import Refused
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from tests.ui.manual_lanes import ManualLanes


def asked(*answers: str) -> tuple[ManualLanes, Latest[str], list[Ok[str] | Err], list[str]]:
    """Questions asked in a row while the desk is busy; what was heard, and what was worked out."""
    lanes, heard, worked = ManualLanes(), list[Ok[str] | Err](), list[str]()
    latest = Latest[str](Jobs(lanes), heard.append)

    def work(answer: str) -> str:
        worked.append(answer)
        return answer

    for answer in answers:
        latest.ask(partial(work, answer))
    return lanes, latest, heard, worked


def test_of_questions_asked_meanwhile_only_the_last_is_worked_out_and_heard() -> None:
    lanes, _, heard, worked = asked("n", "ng", "ngu", "nguy")
    lanes.drain()
    assert worked == ["n", "nguy"]
    assert heard == [Ok("nguy")]


def test_only_one_question_is_under_way() -> None:
    lanes, latest, _, _ = asked("n", "ng")
    assert len(lanes.waiting) == 1
    assert latest.busy
    lanes.drain()
    assert not latest.busy


def test_a_refusal_is_heard_and_the_next_question_answered() -> None:
    lanes, latest, heard, _ = asked()

    def refuse() -> str:
        raise Refused("quá dài")

    latest.ask(refuse)
    lanes.drain()
    latest.ask(lambda: "sau")
    lanes.drain()
    assert isinstance(heard[0], Err)
    assert heard[1] == Ok("sau")
