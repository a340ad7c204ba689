"""What ships with the program besides code: fonts, icons, forms, catalogue, holidays, style."""

from pathlib import Path

_HERE = Path(__file__).parent


def path(name: str) -> Path:
    """The file or folder `name` (slash-separated) on disk; KeyError when it isn't shipped."""
    found = _HERE.joinpath(*name.split("/"))
    if not found.exists():
        raise KeyError(name)
    return found
