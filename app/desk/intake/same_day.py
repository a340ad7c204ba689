"""One person's papers of the same day: taken together, paid together, given back while they wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from app.desk.deeds.details import Details
from app.desk.deeds.progress import Progress
from app.desk.draft import IntakeDraft, fee_of, is_same_day, wrong_of_people
from app.desk.intake.receiving import Checked, Hand, Receipt, Receiving, chosen, limit_chosen, ruled
from app.models.deadlines.appointment import Limit
from app.models.dossiers.fold import fold
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.procedures.fee import fee_kind
from app.models.procedures.procedure import Procedure
from app.models.text import clean_text
from app.models.text import fold as plain
from app.models.unit.officer import Officer, Role
from app.store.journal.journal import Writing
from app.store.store import Store

KEPT = "errand"  # the kind of draft
SIGNER = "same_day_signer"  # the setting that remembers who signs at this counter
COUNTED = ("per_page", "per_copy", "per_case")  # rules that multiply
MOST_PIECES = 60  # of one person: every one of them is written in the same deed


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """One paper to be dealt with, as typed: `fee` only where the catalogue's rule isn't followed."""

    procedure: str = ""
    case: int = 1
    about: str = ""
    pages: int = 0
    copies: int = 1
    fee: str = ""


class Errand(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person came for; `person` has nothing but their facts, `typed` is not yet taken.

    `exempt` says why the person pays nothing.
    """

    person: IntakeDraft = IntakeDraft()
    pieces: tuple[Piece, ...] = ()
    typed: Piece = Piece()
    method: Literal["cash", "transfer"] = "cash"
    signer: str = ""
    exempt: str = ""


@dataclass(frozen=True)
class Costed:
    """A piece with nothing wrong in it: what it costs in đồng and how, and when it can be had."""

    piece: Piece
    procedure: Procedure
    fee: int
    how: str
    due: datetime
    is_same_day: bool


@dataclass(frozen=True)
class Counted:
    """An errand as it stands. `wrong` maps fields of person and of the typed piece to sentences."""

    errand: Errand
    costed: tuple[Costed, ...]
    typed: Costed | None
    wrong: dict[str, str]

    @property
    def total(self) -> int:
        """What is owed for what was taken, in đồng."""
        return sum(each.fee for each in self.costed)


@dataclass(frozen=True)
class Given:
    """What became of one piece: its receipt, and its number in the book of certifications."""

    costed: Costed
    receipt: Receipt
    certified: facts.Serial | None
    is_returned: bool


@dataclass(frozen=True)
class Finished:
    """An errand that was received. `slips`: those whose appointment goes on paper, on one."""

    given: tuple[Given, ...]
    total: int
    slips: tuple[e.EventName, ...]
    warnings: tuple[str, ...]

    @property
    def paid(self) -> tuple[e.EventName, ...]:
        """What money was taken for: one fee receipt is for all of them."""
        return tuple(each.receipt.name for each in self.given if each.costed.fee)


class SameDay:
    """What the same-day page asks of the desk; each dossier is received the one way there is."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        receiving: Receiving,
        progress: Progress,
    ) -> None:
        self._store = store
        self._clock = clock
        self._receiving = receiving
        self._progress = progress

    def signers(self) -> list[Officer]:
        """Who may sign what is given back at once, whoever signed last here first."""
        last = self._store.keeping.get(SIGNER)
        leaders = [
            officer
            for officer in self._store.standing.officers()
            if Role.LEADER in officer.roles and officer.active
        ]
        return sorted(leaders, key=lambda officer: officer.login != last)

    def count(self, errand: Errand) -> Counted:
        """What the errand costs and what is wrong; never raises for bad input."""
        wrong = wrong_of_people(errand.person, self._clock().date())
        costed, typed = [], None
        dues: dict[Limit, datetime] = {}
        for piece in errand.pieces:
            try:
                costed.append(self.cost(errand, piece, dues))
            except BadInput as found:  # the catalogue has changed since it was taken
                wrong["pieces"] = str(found)
        if errand.typed.procedure:
            try:
                typed = self.cost(errand, errand.typed, dues)
            except BadInput as found:
                wrong[found.field] = str(found)
        return Counted(errand, tuple(costed), typed, wrong)

    def cost(
        self, errand: Errand, piece: Piece, dues: dict[Limit, datetime] | None = None
    ) -> Costed:
        """One piece of the errand, checked; raises `BadInput` naming the field it is typed in.

        `dues` remembers what each limit comes to, as long as the pieces of one look are counted.
        """
        draft, now = draft_of(errand, piece, None), self._clock()
        procedure = chosen(self._store.standing.procedure(piece.procedure))
        limit = limit_chosen(procedure, draft)
        rule = ruled(procedure, draft, now)
        clean_text(piece.about, field="about")
        if rule.rule == "per_page" and piece.pages < 1:
            raise BadInput("Nhập số trang của bản chính.", "pages")
        if rule.rule in COUNTED and piece.copies < 1:
            raise BadInput("Nhập số bản, số trường hợp.", "copies")
        fee = fee_of(draft, rule).amount
        if fee is None:
            raise BadInput("Chưa biết lệ phí. Nhập số tiền; không thu thì nhập 0.", "fee_amount")
        dues = {} if dues is None else dues
        due = dues.setdefault(limit, dues.get(limit) or self._receiving.due(limit, now))
        how = "miễn" if errand.exempt.strip() else "" if piece.fee.strip() else rule.explanation
        return Costed(piece, procedure, fee, how, due, is_same_day(limit))

    def finish(self, errand: Errand, officer: Officer, *, at_once: bool) -> Finished:
        """Receive every piece and note the money, all or none; the errand is then over.

        The piece that is typed is one of them, unless it is but what `following` proposed.
        `at_once`: what is of the same day is signed and given back too, while the person waits;
        the rest, and without it everything, has its appointment. Raises `BadInput` or `Refused`.
        """
        officer.check(Deed.RECEIVE)
        now = self._clock()
        costed, checked = self._checked(errand, now)
        doubt = self._receiving.doubt(now)
        signer = self._signer(errand) if at_once else None
        with self._store.journal.deed(now) as writing:
            hand = Hand(officer, officer.login, now)
            receipts = [self._receiving.write(writing, each, hand) for each in checked]
            done = [r.name for r, c in zip(receipts, costed, strict=True) if c.is_same_day]
            if signer and done:
                self._give_back(writing, done, officer, signer, checked[0])
            self._store.keeping.forget_current(officer.login, KEPT)
            given = tuple(
                Given(c, r, _certified(writing, r.name), bool(signer) and c.is_same_day)
                for r, c in zip(receipts, costed, strict=True)
            )
        return Finished(
            given=given,
            total=sum(each.fee for each in costed),
            slips=tuple(g.receipt.name for g in given if g.receipt.slip_required and not g.is_returned),
            warnings=tuple(dict.fromkeys((*doubt, *(x for r in receipts for x in r.warnings)))),
        )  # fmt: skip

    # --- drafts -----------------------------------------------------------------------------------

    def keep(self, errand: Errand, officer: Officer) -> None:
        """Keep the errand as it stands; after a crash it comes back so."""
        body = "" if errand == Errand() else msgspec.json.encode(errand).decode()
        title = errand.person.name
        self._store.keeping.keep_draft(KEPT, officer.login, title, body, self._clock())

    def kept(self, officer: Officer) -> Errand | None:
        """The errand as it stood when the program last ended."""
        drafts = self._store.keeping.drafts(KEPT, officer.login)
        return msgspec.json.decode(drafts[-1].body, type=Errand) if drafts else None

    # --- inside -----------------------------------------------------------------------------------

    def _checked(self, errand: Errand, now: datetime) -> tuple[list[Costed], list[Checked]]:
        """Everything that can be wrong is said before the first number is drawn."""
        pieces = self._pieces(errand)
        if not pieces:
            raise BadInput("Chưa có việc nào. Chọn thủ tục rồi bấm Enter để thêm.", "procedure")
        if len(pieces) > MOST_PIECES:
            raise BadInput(
                f"Một lượt nhận nhiều nhất {MOST_PIECES} việc. Bỏ bớt rồi nhận tiếp lượt sau.",
                "pieces",
            )
        costed = [self.cost(errand, piece) for piece in pieces]
        drafts = [draft_of(errand, each.piece, each.procedure) for each in costed]
        return costed, [self._receiving.check(draft, now) for draft in drafts]

    def _pieces(self, errand: Errand) -> tuple[Piece, ...]:
        """What was taken, and what is typed: the citizen is told of both."""
        typed = errand.typed
        procedure = self._store.standing.procedure(typed.procedure)
        is_proposed = procedure and typed == following(procedure, typed.case)
        return errand.pieces if is_proposed or typed == Piece() else (*errand.pieces, typed)

    def _signer(self, errand: Errand) -> Officer:
        signer = next((one for one in self.signers() if one.login == errand.signer), None)
        if signer is None:
            raise Refused(
                "Chưa chọn lãnh đạo ký. Chọn người ký, hoặc bấm Ctrl F9 để nhận và hẹn trả."
            )
        return signer

    def _give_back(
        self,
        writing: Writing,
        names: list[e.EventName],
        officer: Officer,
        signer: Officer,
        checked: Checked,
    ) -> None:
        """Across the desk to the leader and back: no list goes with it, each step is recorded."""
        keyed_by, do = officer.login, self._progress.do_in
        to = Details(to=signer.login)
        do(writing, Deed.HAND_OVER, names, officer, to, keyed_by, is_listed=False)
        do(writing, Deed.ACCEPT, names, signer, Details(), keyed_by)
        do(writing, Deed.SIGN, names, signer, Details(), keyed_by)
        do(writing, Deed.RESOLVE, names, signer, Details(), keyed_by)
        way: Literal["self", "authorised"] = "authorised" if checked.principal else "self"
        fetched = Details(way=way, collector=checked.applicant.name)
        do(writing, Deed.RETURN, names, officer, fetched, keyed_by)
        self._store.keeping.note(SIGNER, signer.login)


def following(procedure: Procedure, case: int) -> Piece:
    """What waits in the fields for the next paper: the same procedure where it is counted, else none."""
    kind = fee_kind(procedure, case, "counter")
    if kind not in COUNTED:
        return Piece()
    return Piece(procedure.code, case, copies=1 if kind == "per_page" else 0)


def draft_of(errand: Errand, piece: Piece, procedure: Procedure | None) -> IntakeDraft:
    """The intake this piece is: the person's facts, its own, paid now."""
    name = procedure.name if procedure else ""
    return replace(
        errand.person,
        procedure=piece.procedure,
        case=piece.case,
        request=f"{name}: {piece.about.strip()}" if name and piece.about.strip() else "",
        documents=_papers(procedure, piece.copies) if procedure else (),
        pages=piece.pages,
        copies=max(1, piece.copies),
        fee_amount=piece.fee,
        fee_exempt=errand.exempt,
        fee_when="now",
        fee_method=errand.method,
    )


def _papers(procedure: Procedure, copies: int) -> tuple[facts.Document, ...]:
    """What the procedure asks of everybody, lying on the desk: originals once, copies as wanted."""
    return tuple(_paper(kind.name, kind.shown_only, copies) for kind in procedure.documents
                 if not kind.optional)  # fmt: skip


def _paper(name: str, shown: bool, copies: int) -> facts.Document:
    if shown:
        return facts.Document(name, shown=True)
    if plain(name).startswith("ban sao"):
        return facts.Document(name, copies=max(1, copies))
    return facts.Document(name, originals=1)


def _certified(writing: Writing, name: e.EventName) -> facts.Serial | None:
    dossier = fold(writing.dossier_events(name)).dossier
    return dossier.certified if dossier else None
