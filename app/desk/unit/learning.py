"""What the desk teaches the catalogue: a limit or a fee typed once where the data had none.

What was typed stands as unconfirmed until a supervisor confirms it.
"""

from msgspec.structs import replace

from app.models.deadlines.appointment import Limit
from app.models.procedures.fee import Fee
from app.models.procedures.procedure import Case, FeeRule, Procedure

UNIT_RATE = "Mức của đơn vị, nhập tại quầy"


def learned(
    procedure: Procedure, case: Case, limit: Limit, ruled: Fee, amount: int | None
) -> Procedure:
    """The procedure with what was typed for `case`; the same one when nothing was missing."""
    if case.limit is None:
        taught = replace(case, limit=limit, article=limit.article, confirmed=False)
        cases = tuple(taught if known.number == case.number else known for known in procedure.cases)
        procedure = replace(procedure, cases=cases)
    if ruled.rule in ("province", "unknown") and ruled.amount is None and amount:
        rate = FeeRule(
            "fixed", ruled.channel, case.number, amount, exemptions=ruled.exemptions,
            article=UNIT_RATE,
        )  # fmt: skip
        procedure = replace(procedure, fees=(*procedure.fees, rate))
    return procedure


def confirmed(procedure: Procedure) -> Procedure:
    """The procedure as a supervisor vouches for it, its cases with limits and its fees too."""
    return replace(
        procedure,
        confirmed=True,
        cases=tuple(replace(case, confirmed=case.limit is not None) for case in procedure.cases),
        fees=tuple(replace(rule, confirmed=rule.amount is not None) for rule in procedure.fees),
    )
