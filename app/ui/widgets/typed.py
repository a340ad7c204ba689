"""What stands in the controls of a form, to be compared with what stood there before."""

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget


def typed_in(form: QWidget) -> tuple[object, ...]:
    """What is typed, ticked and chosen; equal as long as nobody has changed anything."""
    found = (_stands(control) for control in form.findChildren(QWidget))
    return tuple(each for each in found if each is not None)


def _stands(control: QWidget) -> object:
    match control:
        case QLineEdit():
            return control.text()
        case QPlainTextEdit():
            return control.toPlainText()
        case QComboBox():
            return control.currentText()
        case QAbstractButton() if control.isCheckable():
            return control.isChecked()
        case _:
            return None
