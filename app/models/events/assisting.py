"""The fact of the help desk: somebody was helped with a procedure, with the e-ID or at the portal."""

from app.models.events.facts import Body, Count


class Assisted(Body, frozen=True, omit_defaults=True, tag="assisted"):
    """Somebody was helped; about the same help again it is said better, and the last word stands.

    `level` is of the citizen's e-ID and `outcome` what was done, both in the words the unit chose
    from; `portal_code` is the portal's code of what was filed; `taken_back`: there was no such help.
    Who was helped stands in the personal part, where it is known at all.
    """

    procedure: str = ""
    procedure_name: str = ""
    level: str = ""
    outcome: str = ""
    portal_code: str = ""
    minutes: Count = 0
    taken_back: bool = False
