"""The words of `province` and `online`."""

from pathlib import Path

from app.commands.dossiers.words import OUTCOMES
from app.commands.instants import day
from app.commands.parser import Add, Words

ACTIONS = {
    "list": "hồ sơ chưa nhập, và hồ sơ đã đổi từ khi nhập",
    "show": "các ô của màn hình tỉnh, điền sẵn cho một hồ sơ",
    "enter": "giữ mã trên hệ thống tỉnh bên mã của quầy",
    "updated": "ghi là kết quả cũng đã nhập lên đó",
    "export": "ghi hồ sơ ra tệp .json (DongBoHoSoMC) hoặc .xlsx",
    "fields": "xem các trường, ghi ra tệp, hoặc đọc từ tệp đã sửa",
    "settings": "đơn vị có nhập lên hệ thống tỉnh không, từ ngày nào",
}


def province_words(add: Add) -> None:
    """What is typed into the province's system, and what came through it."""
    _province(add("province", "nhập hồ sơ lên hệ thống tỉnh, giữ mã ở đó"))
    _online(add("online", "hồ sơ trực tuyến chờ kiểm tra, trả lời"))


def _province(words: Words) -> None:
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


def _online(words: Words) -> None:
    words.add_argument("code", metavar="MÃ", nargs="?", default="",
                       help="mã hồ sơ của hệ thống tỉnh; không ghi thì xem mọi hồ sơ đang chờ")  # fmt: skip
    which = words.add_mutually_exclusive_group()
    which.add_argument("--receive", action="store_true", help="tiếp nhận, cấp mã của đơn vị")
    which.add_argument("--answer", metavar="GIẤY", choices=OUTCOMES, default="",
                       help=f"không tiếp nhận: {', '.join(OUTCOMES)}")  # fmt: skip
    words.add_argument("--reason", metavar="CHỮ", default="", help="nội dung hoặc lý do (--answer)")
    words.add_argument("--item", metavar="CHỮ", action="append", default=[], dest="items",
                       help="giấy tờ còn thiếu; ghi nhiều lần được (--answer)")  # fmt: skip
