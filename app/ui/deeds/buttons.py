"""The deeds that apply to a dossier now, as buttons: the likely one first, the dangerous ones apart."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.desk.deeds.progress import reversal_sentence
from app.models.dossiers.lifecycle import LABEL, Deed
from app.ui.deeds.deeds import KEYS, PRIMARY_KEY, Choices
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.buttons import KeyButton, PrimaryButton, QuietButton
from app.ui.widgets.parts import Divider, WrappingLabel, column, put_into

NOTHING = Choices(None, (), ())


class DeedButton(QuietButton):
    """A deed among others below each other: its words at the left, its key at the right."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text, key)
        self._content.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._content.insertStretch(1, 1)


class DangerousButton(DeedButton):
    """A deed that stands apart, in smaller height and without a border until it is meant."""

    tall = Measure.CONTROL - Space.TIGHT


class DeedButtons(QScrollArea):
    """Exactly the deeds it is told of; on a small screen they scroll."""

    chosen = Signal(object)
    """The `Deed` whose button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Choices | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_deeds(self, choices: Choices) -> None:
        """Show a button for each of these deeds and for no other."""
        if choices == self._shown:
            return
        self._shown = choices
        content = QWidget()
        layout: QVBoxLayout = column(spacing=Space.TIGHT)
        if choices.likely:
            words = choices.label(choices.likely)
            layout.addWidget(self._button(PrimaryButton, choices.likely, PRIMARY_KEY, words))
            layout.addSpacing(Space.TIGHT)
        for deed in choices.others:
            layout.addWidget(self._button(DeedButton, deed, KEYS[deed], choices.label(deed)))
        if choices == NOTHING:
            layout.addWidget(WrappingLabel("Không còn việc nào làm được.", tone=Tone.QUIET))
        layout.addStretch(1)
        if choices.dangerous:
            layout.addWidget(Divider())
        for deed in choices.dangerous:
            layout.addWidget(self._button(DangerousButton, deed, KEYS[deed], LABEL[deed]))
        content.setLayout(layout)
        put_into(self, content)

    def _button(self, kind: type[KeyButton], deed: Deed, key: str, words: str) -> KeyButton:
        button = kind(words, key)
        button.setAccessibleDescription(reversal_sentence(deed))
        button.clicked.connect(lambda: self.chosen.emit(deed))
        return button
