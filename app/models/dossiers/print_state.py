"""How far a print has come, and whether its paper may still be the original.

At most one unmarked original of a paper may be in the world. So what was given to a printer counts
as printed, whatever became of it: its replacement is marked “BẢN IN LẠI lần n”. Only a print that no
printer can ever have put on paper is no print: the very same paper may go once more, unmarked. An
officer's word that nothing came out is no such proof, for a queue may print it tomorrow.
"""

from enum import StrEnum


class PrintState(StrEnum):
    """How far a print is."""

    QUEUED = "queued"  # written down; nothing has gone out
    OPENED = "opened"  # a printer is being given it, and can't begin yet
    ACCEPTED = "accepted"  # a printer has all of it
    PRINTING = "printing"
    DONE = "done"
    REFUSED = "refused"  # provably on no paper, now and ever
    FAILED = "failed"  # taken, and given up
    UNKNOWN = "unknown"  # taken, and nobody can be asked any more


LABEL = {
    PrintState.QUEUED: "chờ gửi đến máy in",
    PrintState.OPENED: "đang gửi đến máy in",
    PrintState.ACCEPTED: "máy in đã nhận lệnh",
    PrintState.PRINTING: "đang in",
    PrintState.DONE: "đã in",
    PrintState.REFUSED: "chưa gửi được",
    PrintState.FAILED: "không in được",
    PrintState.UNKNOWN: "giấy đã ra chưa?",
}

AWAITED = frozenset(
    (PrintState.QUEUED, PrintState.OPENED, PrintState.ACCEPTED, PrintState.PRINTING)
)
"""What will become something else without anybody's word."""


def may_go_again(state: PrintState) -> bool:
    """Whether the same paper may be sent once more without a mark."""
    return state is PrintState.REFUSED
