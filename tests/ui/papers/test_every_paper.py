"""What a deed accepts its paper prints: of every procedure that ships, and with the longest that is typed."""

from collections.abc import Iterable, Mapping
from typing import Literal

import pytest

from app.desk.deeds.details import Details
from app.desk.deeds.forwarding import Agency
from app.desk.draft import IntakeDraft
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.procedures.procedure import Procedure
from app.models.text import NAME_LIMIT, TEXT_LIMIT
from app.printing.paper import Paper
from app.printing.papers import slip
from tests.printing import reading
from tests.printing.reading import unspaced
from tests.ui.commune import TOAN, Commune

VISITS: tuple[Literal["guidance", "supplement", "refusal"], ...] = (
    "guidance",
    "supplement",
    "refusal",
)
END = " HẾT"
WORDY = 300
"""Letters; what is shorter has room on every paper there is."""


def letters(count: int) -> str:
    """So many, the last of them the word that tells whether all were printed."""
    return ("Nguyễn Thị Phương Quỳnh " * (count // 24 + 1))[: count - len(END)] + END


def drawn(commune: Commune, form: str, name: e.EventName, paper: Paper = Paper.A5) -> bytes:
    return slip.render(form, commune.desk.paperwork.values(form, name), paper, ("",))


def visits(
    commune: Commune, procedure: str, *, reason: str, items: tuple[str, ...]
) -> Iterable[e.EventName]:
    draft = IntakeDraft(procedure=procedure, name="Nguyễn Thị Ánh")
    leave = commune.desk.intake.leave
    return [leave(draft, outcome, commune.officer(), reason, items) for outcome in VISITS]


def longest_of(procedure: Procedure) -> int:
    return max(map(len, (procedure.name, procedure.result, procedure.limits())))


def test_every_paper_of_every_wordy_procedure_that_ships_can_be_printed(commune: Commune) -> None:
    shipped = commune.desk.store.standing.procedures()
    for procedure in (each for each in shipped if longest_of(each) > WORDY):
        name = commune.receive(procedure=procedure.code)
        commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
        for form in commune.desk.paperwork.papers(name):
            drawn(commune, form, name)
        for visit in visits(commune, procedure.code, reason="thiếu", items=("Tờ khai",)):
            for form in commune.desk.paperwork.papers(visit):
                drawn(commune, form, visit)


def test_a_guidance_slip_says_every_limit_of_its_procedure(commune: Commune) -> None:
    (guided, *_) = visits(commune, "2.000986", reason="thiếu", items=())
    procedure = commune.desk.store.standing.procedure("2.000986")
    assert procedure is not None
    printed = unspaced(reading.text(drawn(commune, "guidance", guided)))
    assert unspaced(procedure.limits()) in printed


Steps = tuple[tuple[Deed, Mapping[str, object]], ...]

LONG, NAME = letters(TEXT_LIMIT), letters(NAME_LIMIT)
AGENCIES = tuple(Agency(f"{n} {letters(100)}", LONG) for n in range(6))
ACCEPTED: Steps = ((Deed.HAND_OVER, {"to": TOAN}), (Deed.ACCEPT, {"note": LONG}))

LONGEST: dict[str, tuple[int, Steps]] = {
    "supplement": (
        4,
        (*ACCEPTED, (Deed.REQUEST_SUPPLEMENT, {"reason": LONG, "items": (LONG,) * 3})),
    ),
    "refusal": (1, (*ACCEPTED, (Deed.REFUSE, {"reason": LONG}))),
    "forward": (12, (*ACCEPTED, (Deed.FORWARD, {"agencies": AGENCIES}))),
    "stop": (
        22,
        ((Deed.WITHDRAW, {"reason": LONG, "asked_by": NAME, "items": (letters(300),) * 20}),),
    ),
    "result-receipt": (
        1,
        (*ACCEPTED, (Deed.RESOLVE, {}), (Deed.RETURN, {"way": "authorised", "collector": NAME})),
    ),
    "control": (1, (*ACCEPTED[:1], (Deed.SEND_BACK, {"reason": LONG}))),
}
"""How often each paper says a whole text of what these deeds were told."""


@pytest.mark.parametrize("paper", [Paper.A5, Paper.A4])
@pytest.mark.parametrize("form", LONGEST)
def test_the_longest_that_a_deed_accepts_its_papers_print(
    commune: Commune, form: str, paper: Paper
) -> None:
    count, steps = LONGEST[form]
    name = commune.receive(name=NAME, request=LONG)
    for deed, said in steps:
        commune.pass_time(1)
        commune.desk.progress.do(deed, [name], commune.officer(), Details(**said))  # type: ignore[arg-type]
    printed = {
        each: reading.text(drawn(commune, each, name, paper))
        for each in commune.desk.paperwork.papers(name)
    }
    assert printed[form].count(END) >= count
    assert "Quỳnh…" not in printed[form]
