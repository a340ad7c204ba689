"""What can be corrected after printing: why, who the dossier is for, its papers, its procedure."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.desk.deeds.details import Details, reasonless
from app.desk.deeds.merging import Value, differing
from app.models.citizens.applicant import Applicant, Identity, IdKind, checked_applicant, show_born
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.events.facts import Document
from app.ui.deeds.fields import Paragraph, Steps, spoken, written
from app.ui.deeds.merge_row import MergeRow
from app.ui.dossier.facts import ID_LABELS
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Type
from app.ui.widgets.choices import Choice, CountBox, Segments
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import WrappingLabel, column, row

LABELS = {
    "name": "Họ và tên", "id_kind": "Loại giấy tờ", "number": "Số giấy tờ", "born": "Ngày sinh",
    "phone": "Điện thoại", "address": "Nơi cư trú", "email": "Thư điện tử",
}  # fmt: skip
COUNTED = {"originals": "bản chính", "certified": "bản chứng thực", "copies": "bản sao"}
PAPER, MORE = "paper ", "more papers"
ID_KINDS = list({**ID_LABELS, IdKind.NONE: "Không có giấy tờ"}.items())


class CorrectionForm(QWidget):
    """What is wrong is typed over; the fields stand filled as the dossier has them."""

    def __init__(self, view: DossierView) -> None:
        super().__init__()
        self._reason = Paragraph(2)
        reason = written("Lý do đính chính", self._reason, required=True)
        applicant = view.dossier.applicant
        self._parts: list[_ApplicantPart | _PapersPart | _ProcedurePart] = [
            *([_ApplicantPart(applicant, view)] if applicant else []),
            _PapersPart(view.dossier.documents),
            _ProcedurePart(view.dossier.procedure),
        ]
        self.kinds = Segments(
            [(number, part.title) for number, part in enumerate(self._parts)], "Sửa"
        )
        pages = QStackedWidget()
        for part in self._parts:
            pages.addWidget(part)
        self.kinds.chosen.connect(pages.setCurrentIndex)
        self.fields: dict[str, Field[Any]] = {}
        for part in self._parts:
            self.fields |= part.fields
        self.fields["reason"] = reason  # in sight above all; the keyboard begins at what is wrong
        self._merge = QVBoxLayout()
        self._choices: dict[str, MergeRow] = {}
        whole = column(reason, self._merge, row(self.kinds, None), pages, spacing=Space.WITHIN)
        self.setLayout(whole)
        self.was = self.typed()
        """What stood here before anybody typed: what was on file."""
        self.is_merged = False
        """Whether what is on file changed while this was typed."""

    def typed(self) -> dict[str, Value]:
        """What stands in each field now, as far as it can be corrected by two hands at once."""
        return {name: value for part in self._parts for name, value in part.typed().items()}

    def reason(self) -> str:
        """Why, as typed."""
        return self._reason.toPlainText()

    def unsettled(self) -> list[str]:
        """The fields two people changed and nobody has chosen yet."""
        return [name for name, one in self._choices.items() if not one.is_settled]

    def merge(self, left: "CorrectionForm") -> None:
        """Take over what was typed in the form that was left, and say what the file says otherwise."""
        self._reason.setPlainText(left.reason())
        found = list(differing(left.was, self.was, left.typed(), left.unsettled()))
        for one in found:
            if one.is_mine:
                self._put(one.field, one.typed)
        if all(one.on_file == one.was and not one.is_asked for one in found):
            return
        self.is_merged = True
        for one in sorted(found, key=lambda one: not one.is_asked):
            shown = MergeRow(one, self._label(one.field), partial(self._said, one.field))
            shown.chosen.connect(partial(self._put, one.field))
            self._merge.addWidget(shown)
            if one.is_asked:
                self._choices[one.field] = shown
        asked = {f"merge {name}": one.choice for name, one in self._choices.items()}
        self.fields = {**asked, **self.fields}

    def told(self) -> list[WrappingLabel]:
        """The lines that tell what is on file, what was there, and what is typed."""
        return [line for row in self.findChildren(MergeRow) for line in row.told]

    def control_of(self, focus: QWidget | None) -> str:
        """Under which name the field stands that has the focus; "" where none has."""
        return next((name for name, one in self.fields.items() if one.control is focus), "")

    def _put(self, name: str, value: Value) -> None:
        self._part(name).put(name, value)

    def _label(self, name: str) -> str:
        return self._part(name).label(name)

    def _said(self, name: str, value: Value) -> str:
        return self._part(name).said(name, value)

    def _part(self, name: str) -> "_ApplicantPart | _PapersPart | _ProcedurePart":
        return next(part for part in self._parts if part.label(name))

    def steps(self) -> Steps:
        """The correction as told. Raises `BadInput`."""
        for name in self.unsettled():
            raise BadInput("Hai người cùng sửa. Hãy chọn giữ bản nào.", f"merge {name}")
        details = Details(reason=self._reason.words())
        for part in self._parts:
            details = part.add(details)
        if not details.reason:  # said at once: what is typed next is the reason
            raise reasonless(Deed.CORRECT)
        return ((Deed.CORRECT, details),)


class _ApplicantPart(QWidget):
    title = "Người nộp"

    def __init__(self, applicant: Applicant, view: DossierView) -> None:
        super().__init__()
        self._was, self._today = applicant, view.now.date()
        self._name, self._address, self._email = Paragraph(2), Paragraph(2), Paragraph(1)
        self._number, self._phone, self._born = Line(), Line(), Line("hoặc năm")
        self._kind = Choice(ID_KINDS)
        self._name.setPlainText(applicant.name)
        self._address.setPlainText(applicant.address)
        self._email.setPlainText(applicant.email)
        self._kind.choose(applicant.identity.kind)
        self._number.setText(applicant.identity.number or applicant.identity.reason)
        self._born.setText(show_born(applicant.born))
        self._phone.setText(applicant.phone)
        kind = Field("Loại giấy tờ", self._kind, note_lines=0)
        number = Field("Số giấy tờ, hoặc lý do không có", self._number, note_lines=2)
        born = Field("Ngày sinh", self._born, note_lines=2)
        phone = Field("Điện thoại", self._phone, note_lines=2)
        self.fields: dict[str, Field[Any]] = {
            "name": written("Họ và tên", self._name, note_lines=1),
            "id_kind": kind,
            "number": number,
            "born": born,
            "phone": phone,
            "address": written("Nơi cư trú", self._address, note_lines=1),
            "email": written("Thư điện tử", self._email, note_lines=1),
        }
        pair = row(born, phone, spacing=Space.BETWEEN)
        name, address, email = (self.fields[key] for key in ("name", "address", "email"))
        self.setLayout(column(name, kind, number, pair, address, email, None, spacing=0))
        if applicant.kind == "organisation":
            born.hide()

    def typed(self) -> dict[str, Value]:
        return {
            "name": self._name.line(), "id_kind": (self._kind.value() or IdKind.CITIZEN).value,
            "number": self._number.words(), "born": self._born.words(),
            "phone": self._phone.words(), "address": self._address.line(),
            "email": self._email.line(),
        }  # fmt: skip

    def put(self, name: str, value: Value) -> None:
        words = str(value or "")
        if name == "id_kind":
            self._kind.choose(IdKind(words))
        elif isinstance(box := self.fields[name].control, Paragraph):
            box.setPlainText(words)
        else:
            box.setText(words)

    def label(self, name: str) -> str:
        return LABELS.get(name, "")

    def said(self, name: str, value: Value) -> str:
        words = str(value or "")
        return dict(ID_KINDS)[IdKind(words)] if name == "id_kind" else words

    def add(self, details: Details) -> Details:
        """With the applicant as typed, if that differs."""
        was = self._was
        typed = Applicant(
            name=self._name.line(), kind=was.kind, identity=self._identity(),
            born=self._born.words(), sex=was.sex,
            address=self._address.line(), phone=self._phone.words(), email=self._email.line(),
        )  # fmt: skip
        try:
            now, _ = checked_applicant(typed, self._today)
        except BadInput as wrong:  # the reason of the correction is another one
            raise BadInput(str(wrong), wrong.field.replace("reason", "number")) from None
        return details if now == was else replace(details, applicant=now)

    def _identity(self) -> Identity:
        kind, said = self._kind.value() or IdKind.CITIZEN, self._number.words()
        return Identity(kind, reason=said) if kind is IdKind.NONE else Identity(kind, said)


class _PapersPart(QWidget):
    title = "Giấy tờ"

    def __init__(self, documents: tuple[Document, ...]) -> None:
        super().__init__()
        self._was = documents
        self._rows = [_PaperRow(document) for document in documents]
        self._more = Paragraph(2)
        self._more_counts = _Counts(Document(""))
        more = written("Giấy tờ ghi thiếu", self._more, note_lines=1)
        self.fields: dict[str, Field[Any]] = {"documents": more}
        self._lines = column(*self._rows, spacing=Space.BETWEEN)
        self.setLayout(column(self._lines, more, self._more_counts, None, spacing=Space.BETWEEN))

    def typed(self) -> dict[str, Value]:
        papers = {f"{PAPER}{line.name}": line.document() for line in self._rows}
        return {**papers, MORE: self._added()}

    def put(self, name: str, value: Value) -> None:
        paper = value if isinstance(value, Document) else Document("")
        if name == MORE:
            self._more.setPlainText(paper.name)
            self._more_counts.put(paper)
            return
        called = name.removeprefix(PAPER)
        line = next((line for line in self._rows if line.name == called), None)
        if line is None:  # it was taken off the checklist meanwhile
            line = _PaperRow(paper)
            self._rows.append(line)
            self._lines.addWidget(line)
        line.put(paper)

    def label(self, name: str) -> str:
        if name == MORE:
            return "Giấy tờ ghi thiếu"
        return name.removeprefix(PAPER) if name.startswith(PAPER) else ""

    def said(self, name: str, value: Value) -> str:
        if not isinstance(value, Document):
            return ""
        return f"{value.name}: {_counted(value)}" if name == MORE else _counted(value)

    def add(self, details: Details) -> Details:
        """With the papers as counted, if that differs; a paper without a count falls out."""
        papers = (*(line.document() for line in self._rows), self._added())
        kept = [paper for paper in papers if paper]
        if tuple(kept) == self._was:
            return details
        if not kept:
            raise BadInput("Hồ sơ phải còn ít nhất một giấy tờ. Hãy ghi giấy tờ đúng.", "documents")
        return replace(details, documents=tuple(kept))

    def _added(self) -> Document | None:
        """The paper that was forgotten; one original where no count is typed."""
        if not (name := self._more.line()):
            return None
        return self._more_counts.counted(Document(name)) or Document(name, originals=1)


class _Counts(QWidget):
    """Originals, certified and plain copies."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._boxes = {
            "originals": CountBox(f"Bản chính: {document.name}"),
            "certified": CountBox(f"Chứng thực: {document.name}"),
            "copies": CountBox(f"Bản sao: {document.name}"),
        }
        labels = ("Chính", "Chứng thực", "Sao")
        cells = []
        for (kind, box), label in zip(self._boxes.items(), labels, strict=True):
            box.set_count(getattr(document, kind))
            cells.append(column(spoken(label), box, spacing=0))
        self.setLayout(row(*cells, None, spacing=Space.BETWEEN))

    def put(self, document: Document) -> None:
        """As `document` is counted."""
        for kind, box in self._boxes.items():
            box.set_count(getattr(document, kind))

    def counted(self, document: Document) -> Document | None:
        """`document` with these counts; None when there are none."""
        originals, certified, copies = (box.count() or 0 for box in self._boxes.values())
        counted = Document(document.name, originals, certified, copies)
        return counted if originals or certified or copies else None


class _PaperRow(QWidget):
    """A paper of the dossier, its counts to be typed over; one only shown stays as it is."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._counts = _Counts(document)
        if document.shown:
            self._counts.hide()
        self.setLayout(column(WrappingLabel(document.name, Type.SMALL), self._counts, spacing=0))

    @property
    def name(self) -> str:
        return self._document.name

    def put(self, document: Document) -> None:
        """As many as `document` has."""
        if not self._document.shown:
            self._counts.put(document)

    def document(self) -> Document | None:
        """The paper as it now stands."""
        return self._document if self._document.shown else self._counts.counted(self._document)


def _counted(document: Document) -> str:
    """ "2 bản chính, 1 bản sao"."""
    if document.shown:
        return "chỉ xuất trình"
    counts = ((getattr(document, kind), said) for kind, said in COUNTED.items())
    return ", ".join(f"{count} {said}" for count, said in counts if count)


class _ProcedurePart(QWidget):
    title = "Thủ tục"

    def __init__(self, procedure: str) -> None:
        super().__init__()
        self._was = procedure
        self._code, self._case = Line("ví dụ 1.001022"), CountBox("Trường hợp")
        self._code.setText(procedure)
        code = Field("Mã thủ tục đúng", self._code, note_lines=2)
        case = Field("Trường hợp", self._case, hint="để trống là trường hợp 1", note_lines=1)
        self.fields: dict[str, Field[Any]] = {"procedure": code, "case": case}
        self.setLayout(column(code, case, None, spacing=0))

    def typed(self) -> dict[str, Value]:
        count = self._case.count()
        return {"procedure": self._code.words(), "case": str(count) if count else ""}

    def put(self, name: str, value: Value) -> None:
        words = str(value or "")
        if name == "procedure":
            self._code.setText(words)
        else:
            self._case.set_count(int(words or 0))

    def label(self, name: str) -> str:
        return {"procedure": "Thủ tục", "case": "Trường hợp"}.get(name, "")

    def said(self, _: str, value: Value) -> str:
        return str(value or "")

    def add(self, details: Details) -> Details:
        """With another procedure, if one was typed."""
        code = self._code.words()
        if code == self._was:
            return details
        return replace(details, procedure=code, case=self._case.count() or 1)
