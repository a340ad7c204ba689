"""The yearly books of certification, which are not the register: which procedure is numbered in which.

NĐ 23/2015/NĐ-CP, TT 01/2020/TT-BTP: numbered from 01 each year. Where no rule that was read says
the book, the unit goes on writing it by hand.
"""

_COPIES = "SCT/BS"  # Sổ chứng thực bản sao
_SIGNATURES = "SCT/CK,ĐC"  # Sổ chứng thực chữ ký, điểm chỉ
_TRANSLATORS = "SCT/CKND"  # Sổ chứng thực chữ ký người dịch
_CONTRACTS = "SCT/HĐ,GD"  # Sổ chứng thực hợp đồng, giao dịch

_OF_PROCEDURE: dict[str, str] = {
    "2.000815": _COPIES,
    "2.000884": _SIGNATURES,
    "2.000992": _TRANSLATORS,
    "2.001008": _TRANSLATORS,
    "2.001035": _CONTRACTS,
}


def certification_book(procedure: str) -> str:
    """The book a procedure's certifications are numbered in; "" when it isn't known to have one."""
    return _OF_PROCEDURE.get(procedure, "")
