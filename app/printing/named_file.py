"""Writes what was made into the file that was named for it."""

from pathlib import Path

from app.models.errors import BadInput

ELSEWHERE = "Hãy chọn thư mục khác, hoặc đóng tệp đang mở, rồi làm lại."


def write(file: Path, content: bytes, instead: str = ELSEWHERE) -> None:
    """Raise `BadInput` for a place that takes none, saying what to do `instead`."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"Không ghi được tệp {file}. {instead}", "output") from error
