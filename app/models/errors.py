"""The world's errors: what an officer may meet, each one a Vietnamese sentence that says what to do.

    Refused            a rule of the counter says no (exit status 3)
    ├── BadInput       what was typed or read is wrong (exit status 2)
    └── OtherSideFailed  network, printer or server did not do its part (exit status 4)

Anything else that is raised is ours: it crashes loudly into the log.
"""

UNREADABLE = (ValueError, RecursionError)
"""What reading bytes that anybody may have sent raises: no JSON, half a letter, endless depth."""


class Refused(Exception):
    """A rule of the counter says no; `str(error)` is the sentence for the officer."""


class BadInput(Refused):
    """What was typed or read is wrong; `field` names the input it stands beside, if any."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class OtherSideFailed(Refused):
    """The network, a printer or the server failed; what was asked is kept and can be asked again."""
