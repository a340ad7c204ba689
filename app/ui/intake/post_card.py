"""The public post takes the result: to whom and where, filled in from whoever files."""

import msgspec
from PySide6.QtCore import Qt, Signal

from app.desk.draft import IntakeDraft, to_themselves
from app.ui.look.theme import Tone, Type
from app.ui.widgets.fields import Line
from app.ui.widgets.form_row import Cell, FormRow, Input
from app.ui.widgets.parts import Card, Words

POST_KEY = "Alt+I"
OFFERED, TAKEN_BACK = "Gửi kết quả qua bưu chính", "Thôi gửi qua bưu chính"

ABOUT = "phiếu gửi, biên bản giao nhận: in ở trang hồ sơ, Alt P"
FILERS = {"post_name": "name", "post_phone": "phone", "post_address": "address"}


class PostCard(Card):
    """Out of sight until the citizen wants it (QĐ 45/2016/QĐ-TTg), or files by post.

    It goes to whoever files, as long as nobody types another.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Trả kết quả qua bưu chính", Words(ABOUT, Type.SMALL, Tone.QUIET), None)
        self.tighten()
        self._is_offered = False
        self._filer: dict[str, str] = {}
        self._lines = {"post_name": Line(), "post_phone": Line(), "post_address": Line()}
        name, phone, address = (
            Cell("Người nhận", self._lines["post_name"], 2, required=True),
            Cell("Điện thoại", self._lines["post_phone"]),
            Cell("Địa chỉ nhận", self._lines["post_address"], 4, required=True),
        )
        self.inputs: dict[str, Input] = {
            "post_name": name, "post_phone": phone, "post_address": address,
        }  # fmt: skip
        self.body.addWidget(FormRow(name, phone))
        self.body.addWidget(FormRow(address))
        for line in self._lines.values():
            line.textChanged.connect(self.changed)
        self.hide()

    def fill(self, draft: IntakeDraft) -> None:
        """Show `draft`."""
        for name, line in self._lines.items():
            line.setText(getattr(draft, name))
        self.setVisible(draft.by_post)
        self._is_offered = False
        self._filer = _filer(draft)

    def into(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with what stands here."""
        texts = {name: line.words() for name, line in self._lines.items()}
        return msgspec.structs.replace(draft, by_post=not self.isHidden(), **texts)

    def offer(self, draft: IntakeDraft, *, is_wanted: bool) -> None:
        """Show it for what came by post; take it away again if it was shown for that only."""
        if is_wanted and self.isHidden():
            self.fill(to_themselves(draft))
            self._is_offered = True
        elif self._is_offered and not is_wanted:
            self.hide()
            self._is_offered = False
        self.changed.emit()

    def follow(self, draft: IntakeDraft) -> None:
        """Who files is another now, or known better."""
        before, self._filer = self._filer, _filer(draft)
        for name, line in self._lines.items():
            if not self.isHidden() and line.words() == before.get(name, ""):
                line.setText(self._filer[name])

    def turn(self, draft: IntakeDraft) -> None:
        """Ask for the post, filled in from who stands in `draft`; or let go of it."""
        if self.isHidden():
            self.fill(to_themselves(draft))
            empty = (line for line in self._lines.values() if not line.words())
            next(empty, self._lines["post_name"]).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.hide()
        self.changed.emit()


def _filer(draft: IntakeDraft) -> dict[str, str]:
    return {name: getattr(draft, field) for name, field in FILERS.items()}
