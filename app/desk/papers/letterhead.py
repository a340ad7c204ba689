"""What stands at head and foot of every paper this PC prints: the unit's logo and its note.

They lie in the unit's folder of forms (docs/forms.md), on each PC its own.
"""

from pathlib import Path

from app.files import is_full, put_durably, why
from app.models.errors import BadInput, Refused
from app.models.text import clean_text
from app.models.unit.officer import Officer, check_administers
from app.printing.forms.forms import LARGEST_LOGO, LOGOS, NOTE, note_of

LONGEST_NOTE, MOST_LINES = 400, 4
_SIGNS = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


class Letterhead:
    """`forms` is the unit's folder; None where papers print as they ship."""

    def __init__(self, forms: Path | None) -> None:
        self._forms = forms

    @property
    def logo(self) -> Path | None:
        """The file of the logo; None without one."""
        files = (self._forms / name for name in LOGOS) if self._forms else ()
        return next((file for file in files if file.is_file()), None)

    @property
    def note(self) -> str:
        """The note, its lines one under another. Raises `BadInput` when it can't be read."""
        return note_of(self._forms) if self._forms else ""

    def choose_logo(self, file: Path | None, officer: Officer) -> None:
        """Print this PNG or JPEG from now on; None: no logo. Raises `Refused`, `BadInput`."""
        check_administers(officer)
        content = _picture(file) if file else b""
        chosen = f"logo{_kind(content)}" if content else ""
        if content:
            self._put(chosen, content, "logo")
        for name in (name for name in LOGOS if name != chosen):
            self._drop(name)

    def write_note(self, note: str, officer: Officer) -> None:
        """Print this from now on; "" is no note. Raises `Refused`, `BadInput`."""
        check_administers(officer)
        lines = [clean_text(line, field="note").strip() for line in note.splitlines()]
        said = "\n".join(filter(None, lines))
        if len(said) > LONGEST_NOTE or said.count("\n") >= MOST_LINES:
            raise BadInput(
                f"Ghi chú dài quá: nhiều nhất {MOST_LINES} dòng, {LONGEST_NOTE} chữ.", "note"
            )
        if {"{", "}"} & set(said):
            raise BadInput("Ghi chú không dùng được dấu { }. Hãy viết chữ thường.", "note")
        self._put(NOTE, said.encode(), "note")

    # --- inside -----------------------------------------------------------------------------------

    def _folder(self) -> Path:
        if self._forms is None:
            raise BadInput("Máy này không có thư mục mẫu in của đơn vị.", "logo")
        self._forms.mkdir(parents=True, exist_ok=True)
        return self._forms

    def _put(self, name: str, content: bytes, field: str) -> None:
        try:
            put_durably(self._folder() / name, content)
        except OSError as error:
            said = f"Không ghi được vào {self._forms}: {why(error)}."
            if is_full(error):
                raise Refused(f"{said} Hãy dọn bớt ổ đĩa rồi làm lại.") from error
            raise BadInput(said, field) from error

    def _drop(self, name: str) -> None:
        file = self._folder() / name
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise BadInput(f"Không xóa được {file}: {why(error)}.", "logo") from error


def _picture(file: Path) -> bytes:
    try:
        content = file.read_bytes() if file.stat().st_size <= LARGEST_LOGO else b""
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {file}: {why(error)}.", "logo") from error
    if not content:
        raise BadInput(f"Tệp {file.name} quá 1 MB. Hãy thu nhỏ ảnh.", "logo")
    if not _kind(content):
        raise BadInput(f"Tệp {file.name} không phải ảnh PNG hay JPEG.", "logo")
    return content


def _kind(content: bytes) -> str:
    return next((suffix for sign, suffix in _SIGNS.items() if content.startswith(sign)), "")
