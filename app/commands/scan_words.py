"""The words of `motcua scan`: its options, and their help."""

import argparse
from pathlib import Path


def scan_words(scan: "argparse._ArgumentGroup") -> None:
    """Add them to the command's group."""
    scan.add_argument("code", metavar="MÃ", help="mã hồ sơ, mã tạm hoặc mã trên QR")
    scan.add_argument("files", metavar="TỆP", nargs="*", type=Path,
                      help="ảnh hoặc PDF, theo thứ tự trang, thành một bản số hóa")  # fmt: skip
    scan.add_argument(
        "--document", metavar="SỐ", type=int, help="thành phần hồ sơ số mấy; 0 là giấy hẹn ghi tay"
    )
    which = scan.add_mutually_exclusive_group()
    which.add_argument("--reuse", metavar="MÃ:SỐ", default="",
                       help="dùng lại bản số hóa của hồ sơ khác của người này")  # fmt: skip
    which.add_argument("--remove", action="store_true", help="bỏ bản số hóa sau cùng")
    which.add_argument("-o", "--output", metavar="TỆP", type=Path, help="ghi bản sau cùng ra tệp")
    scan.add_argument("--result", action="store_true", help="bản dùng lại là kết quả (--reuse)")
