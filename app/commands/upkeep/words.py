"""The words of `verify`, `backup`, `restore`, `recovery-code` and `second-copy`."""

from pathlib import Path

from app.commands.parser import Add


def upkeep_words(add: Add) -> None:
    """What trusts the disk, and what outlives it."""
    add("verify", "kiểm tra dữ liệu, chuỗi sự kiện và mọi số đã cấp")
    backup = add("backup", "ghi một bản sao mã hóa, đã đọc lại để kiểm tra")
    backup.add_argument("file", metavar="TỆP", type=Path)
    restore = add("restore", "khôi phục từ bản sao; tệp đang dùng được giữ lại bên cạnh")
    which = restore.add_mutually_exclusive_group(required=True)
    which.add_argument("file", metavar="TỆP", type=Path, nargs="?")
    which.add_argument("--from-copy", metavar="THƯ_MỤC", type=Path,
                       help="từ bản thứ hai, đủ đến việc cuối cùng đã chép sang")  # fmt: skip
    restore.add_argument("--recovery", action="store_true",
                         help="mở bằng mã khôi phục, đọc từ stdin; mật khẩu đưa vào là mật khẩu mới")  # fmt: skip
    code = add("recovery-code", "lập mã khôi phục để cất két; mã cũ thôi dùng từ nay")
    code.add_argument("--printer", metavar="TÊN", help="in ra giấy ở máy in này, không hiện")
    second = add("second-copy", "giữ bản thứ hai của mọi việc trên USB hoặc ổ khác")
    second.add_argument("action", choices=("set", "off", "status"),
                        help="set: giữ từ nay ở thư mục; off: thôi giữ; status: đọc lại cả bản")  # fmt: skip
    second.add_argument("folder", metavar="THƯ_MỤC", type=Path, nargs="?")
