"""Writes what was made into the file that was named for it."""

from pathlib import Path

from app.files import is_full, put_durably, why
from app.models.errors import BadInput, Refused

ELSEWHERE = "Hãy chọn thư mục khác, hoặc đóng tệp đang mở, rồi làm lại."


def write(file: Path, content: bytes, instead: str = ELSEWHERE) -> None:
    """What lay there goes once the new lies whole. Raises `BadInput` for a place that takes none,
    `Refused` for a full disk; with what to do `instead`."""
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(content)  # a device, such as a pipe of the command line
        else:
            put_durably(file.resolve(), content)
    except OSError as error:
        said = f"Không ghi được tệp {file}: {why(error)}. {instead}"
        raise Refused(said) if is_full(error) else BadInput(said, "output") from error
