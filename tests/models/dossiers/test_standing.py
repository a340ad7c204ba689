from typing import get_args

from app.models.dossiers import lifecycle
from app.models.dossiers.standing import STANDING, about
from app.models.events import event as e
from app.models.events.assisting import Assisted
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.province import ProvinceEntered


def test_things_are_named_by_what_tells_them_apart() -> None:
    assert about(e.UnitDescribed(name="Xã Mẫu")) == "unit:"
    assert about(e.OfficerAdded("lan", "Lê Thị Lan", ())) == "officer:lan"
    assert about(e.ProcedureSet("1.001193", {})) == "procedure:1.001193"
    assert about(e.LaneGranted("d", "i", 10, "", "")) == "lane:d.i.10"


def test_every_body_belongs_to_a_dossier_a_visit_or_a_standing_thing() -> None:
    apart = {e.LeftUnreceived, e.CodeAssigned, e.Printed, e.PrintSpoiled, e.ConflictSettled}
    apart |= {Digitised, DigitisingReversed, ProvinceEntered, Assisted}
    assert set(get_args(e.AnyBody)) == {*STANDING, *apart, *lifecycle._DEED_OF}
