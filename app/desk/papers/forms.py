"""Which papers there are, and which a dossier or a visit has by now."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desk.profiles import profile_of
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import BadInput
from app.models.events import event as e
from app.printing.forms import forms


@dataclass(frozen=True)
class PaperForm:
    """A paper: its Vietnamese name, who may print it (whoever may do `deed`), and when it applies.

    `lacking` says why a dossier doesn't have it, "" when it has; `of_visit` whether somebody who
    left without being received may get it; `sizes` what it is printed on, the usual one first.
    """

    name: str
    lacking: Callable[[Dossier], str]
    deed: Deed = Deed.HAND_OVER
    of_visit: bool = False
    sizes: tuple[str, ...] = ("A5", "A4")


def _always(_: Dossier) -> str:
    return ""


def _after(happened: Callable[[Dossier], object], sentence: str) -> Callable[[Dossier], str]:
    return lambda dossier: "" if happened(dossier) else sentence


def _by_post(dossier: Dossier) -> bool:
    return dossier.received.channel == "post" or dossier.goes_by_post


FEE_RECEIPT = "fee-receipt"
"""Out of the unit's issued book: who prints it for the first time gives it a number."""

FORMS: dict[str, PaperForm] = {
    "receipt": PaperForm("giấy tiếp nhận và hẹn trả", _always, Deed.RECEIVE),
    "supplement": PaperForm(
        "phiếu yêu cầu bổ sung",
        _after(
            lambda dossier: dossier.supplement_requests,
            "Hồ sơ chưa được yêu cầu bổ sung nên chưa có phiếu. Hãy làm “Yêu cầu bổ sung” trước.",
        ),
        of_visit=True,
    ),
    "refusal": PaperForm(
        "phiếu từ chối",
        _after(
            lambda dossier: dossier.outcome == "refused",
            "Hồ sơ không bị từ chối nên không có phiếu từ chối. Hãy làm “Từ chối” trước.",
        ),
        of_visit=True,
    ),
    "apology": PaperForm(
        "phiếu xin lỗi",
        _after(
            lambda dossier: dossier.apology or dossier.delay,
            "Hồ sơ chưa ghi lý do trễ hẹn nên chưa có phiếu xin lỗi. "
            "Hãy ghi lý do hoặc làm “Xin lỗi, hẹn lại” trước.",
        ),
    ),
    "stop": PaperForm(
        "thông báo dừng giải quyết",
        _after(
            lambda dossier: dossier.closing,
            "Hồ sơ không dừng nên không có thông báo dừng. Hãy làm “Dừng giải quyết” trước.",
        ),
    ),
    "control": PaperForm("phiếu kiểm soát", _always),
    "result-receipt": PaperForm(
        "giấy biên nhận trả kết quả",
        _after(
            lambda dossier: dossier.status in {Status.RESOLVED, Status.RETURNED},
            "Hồ sơ chưa có kết quả để trả. Hãy làm “Giải quyết xong” trước.",
        ),
    ),
    "forward": PaperForm(
        "phiếu chuyển xử lý",
        _after(
            lambda dossier: any(row.forwarded for row in dossier.hand_overs),
            "Hồ sơ chưa chuyển cho cơ quan nào. Hãy làm “Chuyển tiếp” trước.",
        ),
    ),
    "change-case": PaperForm(
        "thông báo chuyển trường hợp",
        _after(
            lambda dossier: any(one.deed is Deed.CHANGE_CASE for one in dossier.notices),
            "Hồ sơ chưa chuyển trường hợp nên không có thông báo. "
            "Hãy làm “Chuyển trường hợp” trước.",
        ),
    ),
    "guidance": PaperForm("phiếu hướng dẫn", _always, of_visit=True),
    "opinion": PaperForm("phiếu lấy ý kiến", _always, of_visit=True),
    "label": PaperForm("nhãn hồ sơ", _always),
    "post-slip": PaperForm(
        "phiếu gửi hồ sơ qua bưu chính",
        _after(
            _by_post,
            "Hồ sơ không nộp và không nhận kết quả qua bưu chính nên không có phiếu gửi.",
        ),
    ),
    "post-minutes": PaperForm(
        "biên bản giao nhận với bưu chính",
        _after(
            _by_post,
            "Hồ sơ không nộp và không nhận kết quả qua bưu chính nên không có biên bản giao nhận.",
        ),
        Deed.RECEIVE,
    ),
    "minutes": PaperForm("biên bản giao nhận hồ sơ", _always, Deed.RECEIVE, sizes=("A4",)),
    FEE_RECEIPT: PaperForm(
        "biên lai thu phí, lệ phí",
        _after(
            lambda dossier: dossier.collected,
            "Hồ sơ chưa nộp phí, lệ phí nên chưa có biên lai. Hãy ghi “Đã nộp” trước.",
        ),
        Deed.PAID,
        sizes=("A5",),
    ),
}

TICKET = "ticket"
"""The look-up ticket: no form, and nothing is counted of it (ADR 14)."""

PRINTED = {**FORMS, TICKET: PaperForm("phiếu tra cứu trên cuộn K80", _always, sizes=("K80",))}
"""All that a printer is chosen for."""

TOGETHER = frozenset({"receipt", "minutes", "post-minutes", FEE_RECEIPT})
"""The papers that several dossiers may share."""

VOIDED = "Số của hồ sơ này đã hủy nên không in giấy nào nữa."


def known(form: str) -> PaperForm:
    """The paper of this name; raises `BadInput` with those that there are."""
    if form not in FORMS:
        raise BadInput(f"Chưa có mẫu “{form}”. Các mẫu in được: {', '.join(FORMS)}.", "form")
    return FORMS[form]


def size_of(form: str, wanted: str) -> str:
    """The size to print on: the wanted one, "" for the usual one; raises `BadInput` for another."""
    paper = known(form)
    if wanted and wanted not in paper.sizes:
        sizes = " hoặc ".join(paper.sizes)
        raise BadInput(f"Không in {paper.name} trên khổ {wanted}. Hãy chọn khổ {sizes}.", "paper")
    return wanted or paper.sizes[0]


def why_not(form: str, dossier: Dossier) -> str:
    """Why a dossier doesn't have this paper now, in a sentence; "" when it has."""
    if dossier.status is Status.VOIDED:
        return VOIDED
    profile = profile_of(dossier).name
    if form not in forms.names(profile):
        return f"Bộ mẫu của hồ sơ này ({profile}) không có {FORMS[form].name}."
    return FORMS[form].lacking(dossier)


def papers_of(dossier: Dossier) -> tuple[str, ...]:
    """The papers a dossier has now, in the order of the circular."""
    return tuple(form for form in FORMS if not why_not(form, dossier))


def papers_of_visit(visit: e.LeftUnreceived) -> tuple[str, ...]:
    """The papers of somebody who left without being received: the outcome's own first."""
    return tuple(dict.fromkeys((visit.outcome, "guidance", "opinion")))


def why_not_visit(form: str, visit: e.LeftUnreceived) -> str:
    """As `why_not`, for a visit."""
    if form in papers_of_visit(visit):
        return ""
    had = ", ".join(FORMS[each].name for each in papers_of_visit(visit))
    return f"Lượt đến này chưa có hồ sơ; chỉ in được: {had}."
