"""Events that close a dossier before its result, each with its notice (NĐ 118/2025 Đ.21)."""

from typing import Literal

from app.models.events.facts import Body, Instant, Serial

AskedWay = Literal["direct", "post", "online", ""]
FeeBack = Literal["refunded", "kept", ""]


class Withdrawn(Body, frozen=True, omit_defaults=True, tag="withdrawn"):
    """How and when it was asked for; by whom and which papers went back is personal."""

    slip: Serial | None = None
    way: AskedWay = ""
    asked_at: Instant | None = None
    fee_back: FeeBack = ""


class Stopped(Body, frozen=True, omit_defaults=True, tag="stopped"):
    """As `Withdrawn`; how and when stay blank where the office itself stops."""

    slip: Serial | None = None
    way: AskedWay = ""
    asked_at: Instant | None = None
    fee_back: FeeBack = ""
