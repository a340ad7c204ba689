"""The words of `motcua online`: its options, and their help."""

import argparse

OUTCOMES = ("guidance", "supplement", "refusal")


def online_words(words: "argparse._ArgumentGroup") -> None:
    """Add them to the command's group."""
    words.add_argument("code", metavar="MÃ", nargs="?", default="",
                       help="mã hồ sơ của hệ thống tỉnh; không ghi thì xem mọi hồ sơ đang chờ")  # fmt: skip
    which = words.add_mutually_exclusive_group()
    which.add_argument("--receive", action="store_true", help="tiếp nhận, cấp mã của đơn vị")
    which.add_argument("--answer", metavar="GIẤY", choices=OUTCOMES, default="",
                       help=f"không tiếp nhận: {', '.join(OUTCOMES)}")  # fmt: skip
    words.add_argument("--reason", metavar="CHỮ", default="", help="nội dung hoặc lý do (--answer)")
    words.add_argument("--item", metavar="CHỮ", action="append", default=[], dest="items",
                       help="giấy tờ còn thiếu; ghi nhiều lần được (--answer)")  # fmt: skip
