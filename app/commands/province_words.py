"""The words of `motcua province`: its actions and options, and their help."""

import argparse
from pathlib import Path

from app.commands.instants import day

ACTIONS = {
    "list": "hồ sơ chưa nhập, và hồ sơ đã đổi từ khi nhập",
    "show": "các ô của màn hình tỉnh, điền sẵn cho một hồ sơ",
    "enter": "giữ mã trên hệ thống tỉnh bên mã của quầy",
    "updated": "ghi là kết quả cũng đã nhập lên đó",
    "export": "ghi hồ sơ ra tệp .json (DongBoHoSoMC) hoặc .xlsx",
    "fields": "xem các trường, ghi ra tệp, hoặc đọc từ tệp đã sửa",
    "settings": "đơn vị có nhập lên hệ thống tỉnh không, từ ngày nào",
}


def province_words(words: "argparse._ArgumentGroup") -> None:
    """Add them to the command's group."""
    words.add_argument("action", metavar="VIỆC", choices=list(ACTIONS),
                       help="; ".join(f"{name}: {about}" for name, about in ACTIONS.items()))  # fmt: skip
    words.add_argument("code", metavar="MÃ", nargs="?", default="",
                       help="mã hồ sơ của quầy (show, enter, updated)")  # fmt: skip
    words.add_argument("official", metavar="MÃ_TỈNH", nargs="?", default="",
                       help="mã trên hệ thống tỉnh (enter)")  # fmt: skip
    for name, dest, about in (("--from", "since", "từ ngày"), ("--to", "until", "đến hết ngày")):
        words.add_argument(name, dest=dest, metavar="NGÀY", type=day,
                           help=f"{about} (export; mặc định hôm nay; settings: chỉ --from)")  # fmt: skip
    words.add_argument("--pending", action="store_true", help="chỉ hồ sơ còn phải nhập (export)")
    words.add_argument("-o", "--output", metavar="TỆP", type=Path,
                       help="tệp .json, .xlsx (export); tệp chữ (fields)")  # fmt: skip
    words.add_argument("--read", metavar="TỆP", type=Path, help="đọc các trường từ tệp (fields)")
    words.add_argument("--shipped", action="store_true", help="về các trường có sẵn (fields)")
    words.add_argument("--use", metavar="CHỌN", choices=("on", "off", ""), default="",
                       help="on: có nhập, off: không (settings)")  # fmt: skip
