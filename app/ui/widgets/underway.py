"""What is said while something takes long before a door opens: what, how far it is, how long it takes."""

from PySide6.QtWidgets import QProgressBar, QWidget

from app.models.text import grouped
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.parts import Words, WrappingLabel, column

MAKING = "Đang dựng xã tập dùng."
ONCE = "Chỉ làm lần đầu, chừng mười giây. Bấm Esc để thôi; dữ liệu thật không bị đụng đến."
"""Of the commune to practise on."""


class Underway(QWidget):
    """Something that takes long before the door opens: what, how far it is and how long it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._began = 0.0
        self._what = WrappingLabel(weight=Weight.STRONG)
        self._calm = WrappingLabel(tone=Tone.QUIET)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        self._far = Words(size=Type.SMALL, tone=Tone.QUIET, figures=True)
        self.setLayout(
            column(
                self._what,
                self._calm,
                self._bar,
                self._far,
                None,
                spacing=Space.BETWEEN,
            )
        )

    def say(self, what: str, calm: str) -> None:
        """What is under way, and why nobody need worry."""
        self._what.setText(what)
        self._calm.setText(calm)

    def show_progress(self, done: int, of: int, now: float) -> None:
        """`done` of `of` things (0: nobody knows) at `now`, seconds of a clock that only runs on."""
        if not done:
            self._began = now
        self._bar.setMaximum(of)
        self._bar.setValue(done)
        self._far.setText(spoken_progress(done, of, now - self._began) if of else "")


def spoken_progress(done: int, of: int, seconds: float) -> str:
    """ "Đã xong 4.200 / 20.000 mục, còn khoảng 2 phút"."""
    said = f"Đã xong {grouped(done)} / {grouped(of)} mục"
    if done == 0 or seconds < 1:
        return said
    left = seconds / done * (of - done)
    return f"{said}, còn {'chưa đến 1 phút' if left < 60 else f'khoảng {left / 60:.0f} phút'}"
