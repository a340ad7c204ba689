"""The words of `enrol`, `enrolment`, `sync`, `bundle` and `hub`."""

from pathlib import Path

from app.commands.parser import Add


def exchange_words(add: Add) -> None:
    """What joins this counter with its server, and carries what they say."""
    enrol = add("enrol", "ghi danh quầy với máy chủ; mã dùng một lần đọc từ stdin")
    enrol.add_argument("url", metavar="ĐỊA_CHỈ", help="như https://motcua.tinh.gov.vn")
    by_file = add("enrolment", "ghi danh bằng tệp trên USB, khi không có mạng")
    by_file.add_argument("action", choices=("ask", "read"),
                         help="ask: ghi yêu cầu, mã ghi danh đọc từ stdin; read: đọc trả lời")  # fmt: skip
    by_file.add_argument("file", metavar="TỆP", type=Path)
    by_file.add_argument("--url", metavar="ĐỊA_CHỈ", default="",
                         help="máy chủ đã cấp mã, như https://motcua.tinh.gov.vn (read: nếu lúc ask ghi nhầm)")  # fmt: skip
    sync = add("sync", "gửi và nhận một lượt với máy chủ và trạm trung chuyển")
    sync.add_argument("--hub", metavar="ĐỊA_CHỈ", default="",
                      help="trạm trung chuyển ở đâu, nếu không tự tìm thấy")  # fmt: skip
    sync.add_argument("--server", metavar="ĐỊA_CHỈ", default="",
                      help="địa chỉ đúng của máy chủ, nếu đã ghi nhầm hoặc đã đổi; nhớ từ nay (người phụ trách)")  # fmt: skip
    bundle = add("bundle", "gửi và nhận bằng tệp trên USB, khi không có mạng")
    bundle.add_argument("action", choices=("write", "read"), help="write: ghi gói; read: đọc gói")
    bundle.add_argument("file", metavar="TỆP", type=Path)
    bundle.add_argument("--to", metavar="AI", default="server",
                        help="gửi cho ai: server (mặc định), hub, hoặc số quầy")  # fmt: skip
    bundle.add_argument("--scans", metavar="MB", type=int, default=None,
                        help="nhiều nhất chừng ấy MB bản số hóa (write; mặc định: vừa chỗ thì kèm hết; 0: không kèm)")  # fmt: skip
    hub = add("hub", "trạm trung chuyển ở máy này, chạy cùng cửa sổ: xem, bật, tắt")
    hub.add_argument("action", choices=("status", "begin", "stop"), nargs="?", default="status",
                     help="begin: bật, mã ghi danh của trạm đọc từ stdin nếu trạm chưa có; stop: tắt")  # fmt: skip
    hub.add_argument("--listen", metavar="MÁY:CỔNG", default="",
                     help="nơi nghe (begin; mặc định 0.0.0.0:8711)")  # fmt: skip
