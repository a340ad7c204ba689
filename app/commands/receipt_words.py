"""The words of `motcua fee-receipt`: its options, and their help."""

import argparse
from pathlib import Path

RECEIPT_DEEDS = {
    "book": "nhập quyển được cấp", "give": "lập biên lai", "spoil": "hủy một số",
    "lost": "báo mất một số", "accounts": "đã dùng, hủy, mất, còn",
}  # fmt: skip


def receipt_words(words: "argparse._ArgumentGroup") -> None:
    """Add them to the command's group."""
    words.add_argument("action", metavar="VIỆC", choices=list(RECEIPT_DEEDS),
                       help="; ".join(f"{deed}: {about}" for deed, about in RECEIPT_DEEDS.items()))  # fmt: skip
    words.add_argument("code", metavar="MÃ", nargs="?", default="", help="mã hồ sơ (give)")
    words.add_argument("--sign", metavar="CHỮ", default="", help="ký hiệu của quyển")
    words.add_argument("--number", metavar="SỐ", type=int, default=0, help="số biên lai")
    words.add_argument("--form", dest="book_form", metavar="CHỮ", default="", help="mẫu số (book)")
    words.add_argument("--first", metavar="SỐ", type=int, default=0, help="số đầu (book)")
    words.add_argument("--last", metavar="SỐ", type=int, default=0, help="số cuối (book)")
    words.add_argument("--electronic", action="store_true", help="biên lai điện tử (book)")
    words.add_argument("-o", "--output", metavar="TỆP", type=Path, help="ghi ra tệp PDF (give)")
