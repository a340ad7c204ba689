"""Tells a dossier as the national platform takes it: DongBoHoSoMC, and CapNhatTienDoHoSoMC for its steps.

One table of fields a record, in the order and by the names that running systems send; TT 04/2025
re-regulates them, so another table may take this one's place. What the counter doesn't know is "".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from app.desk.papers.facts import Told, numbered
from app.desk.sheets.books import WAYS
from app.models.citizens.applicant import Applicant, Identity, IdKind
from app.models.deadlines.calendar import vietnam_time
from app.models.dossiers.checklist import DocumentState, Line, lines, of_papers
from app.models.dossiers.fold import stages
from app.models.dossiers.lifecycle import LABEL, Deed, deed_of, status_code
from app.models.dossiers.province_gap import national
from app.models.events import event as e
from app.models.events.facts import Document, Promise

Value = str | int | bool | datetime | None | Sequence[Mapping[str, "Value"]]
Fields = dict[str, Callable[[Told], Value]]
Wire = str | list[dict[str, "Wire"]]
Record = dict[str, Wire]

MOST_SUBJECT, MOST_NAME, MOST_PERSON = 1000, 4000, 50
CHANNEL = {"counter": 1, "online": 2, "post": 3}
CITIZEN, COMPANY, OTHER_BODY = 1, 2, 4
AT_THE_ONE_STOP = 2  # NoiNopHoSo
FEE_NAME = "Phí, lệ phí"  # what the desk collects has no name in the catalogue
PAID_BY = {"cash": "Tiền mặt", "transfer": "Chuyển khoản", "": ""}
# DuocSoHoa and DuocTaiSuDung by how a paper was digitised; what 2 means is read off two code bases
SCANNED = (DocumentState.DIGITISED, DocumentState.REUSED, DocumentState.REUSED_RESULT)
REUSED = {DocumentState.REUSED: 1, DocumentState.REUSED_RESULT: 2}


def _identity(told: Told) -> Identity:
    owner = told.dossier.owner
    return owner.identity if owner else Identity(IdKind.NONE)


def _owner(part: str) -> Callable[[Told], Value]:
    return lambda told: getattr(told.dossier.owner, part, "")


def _kind(told: Told) -> Value:
    """A company by its tax number; the counter doesn't ask organisations which they are."""
    owner = told.dossier.owner
    if isinstance(owner, Applicant) and owner.kind == "organisation":
        return COMPANY if owner.identity.kind is IdKind.TAX else OTHER_BODY
    return CITIZEN


def _returned(told: Told) -> e.Event | None:
    return told.last(e.Returned) if told.dossier.returned_at else None


def _way(told: Told) -> str:
    event = _returned(told)
    return event.body.way if event and isinstance(event.body, e.Returned) else ""


def _handed_to(told: Told) -> Value:
    """How the result was given back, and to whom."""
    event = _returned(told)
    who = event.personal.collector if event and event.personal else ""
    return ": ".join(filter(None, (WAYS.get(_way(told), ""), who)))


def _ended(told: Told) -> datetime | None:
    closing = told.dossier.closing
    return told.dossier.resolved_at or (closing.at if closing else None)


def _refused_at(told: Told) -> datetime | None:
    return told.dossier.resolved_at if told.dossier.outcome == "refused" else None


def _note(told: Told) -> Value:
    return told.dossier.closing.reason if told.dossier.closing else ""


def _papers(told: Told) -> Value:
    return [_paper(line) for line in lines(told.dossier)]


def _paper(line: Line) -> Mapping[str, Value]:
    """The file itself lies at the counter: it has no address a platform could fetch it from."""
    return {
        "TepDinhKemId": line.attachments[-1].file if line.attachments else "",
        "TenTepDinhKem": line.document.name[:MOST_NAME],
        "IsDeleted": False,
        "MaThanhPhanHoSo": "",
        "DuongDanTaiTepTin": "",
        "DuocSoHoa": int(line.state in SCANNED),
        "DuocTaiSuDung": REUSED.get(line.state, 0),
        "DuocLayTuKhoDMQG": 0,
        "MaKetQuaThayThe": "",
    }


def _fees(told: Told) -> Value:
    fee = told.dossier.fee
    if fee.amount is None:
        return []
    is_paid = told.dossier.collected and not told.dossier.owed
    how = PAID_BY[fee.method] if is_paid else ""
    return [{
        "TenPhiLePhi": FEE_NAME, "MaPhiLePhi": "", "HinhThucThu": how,
        "Gia": fee.amount, "LoaiPhiLePhi": "",
    }]  # fmt: skip


def _other_papers(told: Told) -> Value:
    """What was handed in on paper and not scanned."""
    left = [x.document for x in lines(told.dossier) if x.state is DocumentState.NOT_YET]
    return [
        {"TenGiayTo": paper.name, "SoLuong": count, "LoaiGiayTo": kind}
        for paper in left
        for kind, count in _counts(paper)
        if count
    ]


def _counts(paper: Document) -> Iterator[tuple[str, int]]:
    yield "Bản chính", paper.originals
    yield "Bản chứng thực", paper.certified
    yield "Bản photo", paper.copies


def _supplements(told: Told) -> Value:
    asked = list(told.all(e.SupplementRequested))
    came = list(told.all(e.SupplementReceived))
    return [
        _supplement(told, event, came[n] if n < len(came) else None)
        for n, event in enumerate(asked)
    ]


def _supplement(told: Told, asked: e.Event, came: e.Event | None) -> Mapping[str, Value]:
    said = asked.personal or e.Personal(salt="")
    promise = came.body.promise if came and isinstance(came.body, e.SupplementReceived) else None
    return {
        "HoSoBoSungId": str(asked.name),
        "NguoiYeuCauBoSung": told.name_of(asked.by),
        "NoiDungBoSung": "; ".join(filter(None, (said.reason, *said.items))),
        "NgayBoSung": asked.at,
        "NguoiTiepNhanBoSung": told.name_of(came.by) if came else "",
        "ThongTinTiepNhan": came.personal.note if came and came.personal else "",
        "NgayTiepNhanBoSung": came.at if came else None,
        "TrangThaiBoSung": int(came is not None),
        "DanhSachGiayToBoSung": [{"TenGiayTo": item} for item in said.items],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": _before(told, promise),
        "NgayHenTraMoi": promise.due if promise else None,
    }


def _before(told: Told, promise: Promise | None) -> datetime:
    """The appointment that `promise` took the place of; the one in force where there is none."""
    if promise is None or promise not in told.dossier.promises:
        return told.dossier.due
    return told.dossier.before(promise).due


def _results(told: Told) -> Value:
    procedure = told.procedure
    if told.dossier.outcome != "granted" or procedure is None or not procedure.result:
        return []
    return [{
        "TenGiayTo": procedure.result, "MaThanhPhanHoSo": "", "GiayToId": "",
        "DuongDanTepTinKetQua": "", "MaGiayToKetQua": procedure.result_code,
    }]  # fmt: skip


def _numbers(told: Told) -> Value:
    kinds = {IdKind.CITIZEN: 1, IdKind.OLD: 2}
    identity = _identity(told)
    if identity.kind not in kinds:
        return []
    return [{"LoaiDinhDanh": kinds[identity.kind], "SoDinhDanh": identity.number}]


def code(told: Told) -> str:
    """The one that system gave, where it did; else ours."""
    return told.dossier.province.code if told.dossier.province else told.dossier.shown_code


DOSSIER: Fields = {
    "MaHoSo": code,
    "MaTTHC": lambda told: told.dossier.procedure,
    "TenTTHC": lambda told: told.dossier.procedure_name,
    "MaLinhVuc": lambda told: "",
    "TenLinhVuc": lambda told: told.dossier.field,
    "KenhThucHien": lambda told: CHANNEL[told.dossier.received.channel],
    "ChuHoSo": _owner("name"),
    "SoGiayToChuHoSo": lambda told: _identity(told).number,
    "LoaiDoiTuong": _kind,
    "MaDoiTuong": lambda told: "",
    "ThongTinKhac": lambda told: "",
    "Email": _owner("email"),
    "Fax": lambda told: "",
    "SoDienThoai": _owner("phone"),
    "TrichYeuHoSo": lambda told: told.dossier.subject[:MOST_SUBJECT],
    "NgayTiepNhan": lambda told: told.dossier.received_at,
    "NgayHenTra": lambda told: told.dossier.due,
    "TrangThaiHoSo": lambda told: status_code(told.dossier.status),
    "NgayTra": lambda told: told.dossier.returned_at,
    "ThongTinTra": _handed_to,
    "HinhThuc": lambda told: int(_way(told) == "post"),
    "NgayKetThucXuLy": _ended,
    "DonViXuLy": lambda told: told.dossier.received.resolving_agency,
    "GhiChu": _note,
    "TaiLieuNop": _papers,
    "DanhSachLePhi": _fees,
    "DanhSachTepDinhKemKhac": _other_papers,
    "DanhSachHoSoBoSung": _supplements,
    "DanhSachGiayToKetQua": _results,
    "SoBienNhan": lambda told: numbered(told.dossier.received.slip),
    "NoiNopHoSo": lambda told: AT_THE_ONE_STOP,
    "HoSoCoThanhPhanSoHoa": lambda told: int(any(of_papers(told.dossier))),
    "TaiKhoanDuocXacThucVoiVNeID": lambda told: "",
    "DuocThanhToanTrucTuyen": lambda told: 0,
    "NgayTuChoi": _refused_at,
    "DinhDanhCHS": _numbers,
    "NgayNopHoSo": lambda told: told.filed_at or told.dossier.received_at,
    "DSKetNoiCSDL": lambda told: [],
}
"""DongBoHoSoMC."""


def dossier_record(told: Told) -> Record:
    """One dossier, every value text or a list of such records."""
    return {name: wire(read(told)) for name, read in DOSSIER.items()}


def progress_records(
    told: Told, every: Sequence[e.Event], title_of: Callable[[str], str]
) -> list[Record]:
    """Each step that stands, the oldest first; `title_of` gives an officer's office by login.

    `every` are all its events in order, those taken back too: later ones have seen them.
    """
    found, before = list[Record](), told.dossier.received_at
    after = {event.name: dossier for event, dossier in stages(every)}
    for event in told.events:
        deed = deed_of(event.body)
        if deed is None or deed is Deed.UNDO:
            continue
        then = after[event.name]
        assert then is not None, "what stands was done to an open dossier"
        step: dict[str, Value] = {
            "MaHoSo": code(told),
            "NguoiXuLy": told.name_of(event.by)[:MOST_PERSON],
            "ChucDanh": title_of(event.by),
            "ThoiDiemXuLy": event.at,
            "PhongBanXuLy": told.unit.name,
            "NoiDungXuLy": LABEL[deed],
            "TrangThai": national(then.status) or "",
            "NgayBatDau": before,
            "NgayKetThucTheoQuyDinh": then.due,
        }
        found.append({name: wire(value) for name, value in step.items()})
        before = event.at
    return found


def wire(value: Value) -> Wire:
    """As the platform takes it: text; an instant yyyyMMddHHmmss in Vietnam's time."""
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case datetime():
            return f"{vietnam_time(value):%Y%m%d%H%M%S}"
        case str() | int():
            return str(value)
        case rows:
            return [{name: wire(each) for name, each in row.items()} for row in rows]
