"""What ships with the program besides code: fonts, icons, forms, catalogue, holidays, style."""

from importlib.resources import as_file, files
from pathlib import Path


def path(name: str) -> Path:
    """The file or folder `name` (slash-separated) on disk; KeyError when it isn't shipped."""
    with as_file(files(__name__).joinpath(*name.split("/"))) as found:
        if not found.exists():
            raise KeyError(name)
        return found
