"""The small things pages are made of: words, surfaces, badges and tiles, and how they are put together."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.look.icons import Icon
from app.ui.look.theme import Measure, Space, Tone, Type, Weight

Part = QWidget | QLayout | int | None
Box = TypeVar("Box", bound=QBoxLayout)


# --- put together -------------------------------------------------------------------------------


def row(*parts: Part, spacing: int = Space.WITHIN) -> QHBoxLayout:
    """The parts from left to right; None is room that stretches, a number so many px of room."""
    return _filled(QHBoxLayout(), parts, spacing)


def column(*parts: Part, spacing: int = Space.WITHIN) -> QVBoxLayout:
    """The parts from top to bottom; None is room that stretches, a number so many px of room."""
    return _filled(QVBoxLayout(), parts, spacing)


def take_down(widget: QWidget) -> None:
    """Have it out of sight now, and gone once nobody is in the middle of it."""
    widget.hide()
    widget.deleteLater()


def _filled(box: Box, parts: tuple[Part, ...], spacing: int) -> Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for part in parts:
        match part:
            case QWidget():
                box.addWidget(part)
            case QLayout():
                box.addLayout(part)
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(part)
    return box


def put_into(area: QScrollArea, content: QWidget) -> None:
    """Show `content` instead of what `area` shows, which Qt deletes at once: the focus leaves it before.

    Whoever hears where the focus goes would meet something half taken down.
    """
    focus = QApplication.focusWidget()
    if focus is not None and area.isAncestorOf(focus):
        focus.clearFocus()
    area.setWidget(content)


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Set what the style sheet tells widgets apart by, and have the style looked up again if it is new."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


# --- words --------------------------------------------------------------------------------------


class Words(QLabel):
    """A line of words."""

    def __init__(
        self,
        text: str = "",
        size: Type = Type.BODY,
        tone: Tone = Tone.PLAIN,
        weight: Weight = Weight.PLAIN,
        figures: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)  # a citizen's "<b>" is not ours to obey
        self.setText(text)
        self.setProperty("type", size.name.lower())
        self.setProperty("weight", weight.name.lower())
        self.setProperty("figures", figures)
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Say it in another colour."""
        mark(self, tone=tone.name.lower())

    def say(self, text: str, tone: Tone) -> None:
        """Say something else, in its colour."""
        self.set_tone(tone)
        self.setText(text)


class WrappingLabel(Words):
    """Words that take as many lines as they need and are never cut."""

    def __init__(
        self,
        text: str = "",
        size: Type = Type.BODY,
        tone: Tone = Tone.PLAIN,
        weight: Weight = Weight.PLAIN,
        reserved_lines: int = 1,
    ) -> None:
        self._measured: tuple[int, str, str] | None = None
        super().__init__(text, size, tone, weight)
        self._reserved_lines = reserved_lines
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._take_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._take_room()

    def minimumSizeHint(self) -> QSize:
        # Qt's own is as wide as a comfortable paragraph, and pushes narrow cards apart
        words = self.text().split()
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        return QSize(widest + 1, self._reserved())

    def _reserved(self) -> int:
        metrics = self.fontMetrics()
        return metrics.height() + (self._reserved_lines - 1) * metrics.lineSpacing()

    def _take_room(self) -> None:
        if not self.wordWrap():
            return
        self.ensurePolished()  # out of sight its letters are not yet of their size
        measured = (self.width(), self.text(), self.font().key())
        if measured != self._measured:  # each new height has all that is around laid out anew
            self._measured = measured
            self.setMinimumHeight(0)  # or heightForWidth answers with what it once was
            self.setMinimumHeight(max(self.heightForWidth(self.width()), self._reserved()))


class ElidedLabel(Words):
    """One line that ends in “…” where its room does; the whole of it stands in the tip."""

    def __init__(self, text: str = "", size: Type = Type.BODY, tone: Tone = Tone.PLAIN) -> None:
        self._whole = text
        super().__init__(text, size, tone)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(whole + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def _fit(self) -> None:
        room = self.width()
        super().setText(
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        )


class Keycap(QLabel):
    """A key, drawn as one."""

    def __init__(self, key: str) -> None:
        super().__init__(said_key(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


_KEY_WORDS = {"Return": "Enter", "Escape": "Esc", "Del": "Delete"}


def said_key(key: str) -> str:
    """How a key is written on screen: "Alt G" for "Alt+G", "Enter" for "Return"."""
    return " ".join(_KEY_WORDS.get(part, part) for part in key.split("+"))


# --- surfaces -----------------------------------------------------------------------------------


class Divider(QFrame):
    """A hairline across."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Measure.HAIRLINE)


class Card(QFrame):
    """A white surface with what belongs together; `head` is for its title's line."""

    def __init__(self, title: str = "", *beside_title: Part) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[Space.PADDING] * 4)
        self.body.setSpacing(Space.WITHIN)
        if title:
            heading = Words(title, weight=Weight.STRONG)
            self.body.addLayout(row(heading, *beside_title, spacing=Space.BETWEEN))

    def tighten(self) -> None:
        """Take less room above and below, on a page where every line counts."""
        self.body.setContentsMargins(Space.PADDING, Space.WITHIN, Space.PADDING, Space.WITHIN)


# --- badges -------------------------------------------------------------------------------------


class Badge(QWidget):
    """An icon and a few words in one colour."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.PLAIN,
        icon: str = "",
        size: Type = Type.BODY,
        weight: Weight = Weight.MEDIUM,
    ) -> None:
        super().__init__()
        self._icon = Icon(icon, tone)
        self._words = Words(text, size, tone, weight)
        self.setLayout(row(self._icon, self._words, None))
        self._icon.setVisible(bool(icon))

    def say(self, text: str, tone: Tone, icon: str) -> None:
        """Other words, in another colour and with another icon."""
        self._words.setText(text)
        self._words.set_tone(tone)
        self._icon.draw(icon, tone)
        self._icon.setVisible(bool(icon))


class Pill(QFrame):
    """A few words on the soft ground of their colour."""

    def __init__(self, text: str, tone: Tone = Tone.PLAIN, icon: str = "") -> None:
        super().__init__()
        layout = row(spacing=Space.TIGHT)
        layout.setContentsMargins(Space.BETWEEN, 0, Space.BETWEEN, 0)
        if icon:
            layout.addWidget(Icon(icon, tone))
        layout.addWidget(Words(text, Type.SMALL, tone, Weight.STRONG))
        self.setLayout(layout)
        self.setFixedHeight(Space.PAGE + Space.TIGHT)
        mark(self, tone=tone.name.lower())


class EmptyState(QWidget):
    """What stands where a list would: a sentence, and what to do next."""

    def __init__(self, icon: str, sentence: str, advice: str = "", *deeds: QWidget) -> None:
        super().__init__()
        sign = Icon(icon, Tone.QUIET, Measure.ROW)
        said = Words(sentence, Type.TITLE, weight=Weight.STRONG)
        self._least_first = [sign, said] if advice else [sign]
        layout = column(None, spacing=Space.BETWEEN)
        for part in (sign, said, Words(advice, tone=Tone.QUIET), *deeds):
            layout.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low list the words go before the picture, and what to do before that there is nothing."""
        super().resizeEvent(event)
        for part in self._least_first:
            part.show()
        for part in self._least_first:
            if self.minimumSizeHint().height() > event.size().height():
                part.hide()
