"""What Qt itself says, in Vietnamese: it ships no such translation of its own."""

from PySide6.QtCore import QTranslator

_WORDS = {
    # the menu of a field
    "&Undo": "&Hoàn tác",
    "&Redo": "&Làm lại",
    "Cu&t": "&Cắt",
    "&Copy": "&Sao chép",
    "&Paste": "&Dán",
    "Delete": "Xóa",
    "Select All": "Chọn tất cả",
    # buttons of a dialog
    "OK": "Đồng ý",
    "&OK": "Đồng ý",
    "Cancel": "Thôi",
    "&Cancel": "Thôi",
    "&Yes": "Có",
    "&No": "Không",
    "Close": "Đóng",
    "&Open": "Mở",
    "Open": "Mở",
    "&Save": "Lưu",
    "Save": "Lưu",
    "Save As": "Lưu thành",
    "&Choose": "Chọn",
    # choosing a file
    "&Look in:": "Tìm trong:",
    "File &name:": "Tên tệp:",
    "Directory:": "Thư mục:",
    "Files of &type:": "Loại tệp:",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Date Modified": "Ngày sửa",
    "Computer": "Máy tính",
    "Back": "Lùi lại",
    "Forward": "Đi tiếp",
    "Parent Directory": "Thư mục trên",
    "Create New Folder": "Tạo thư mục mới",
    "&New Folder": "Thư mục &mới",
    "&Rename": "Đổ&i tên",
    "&Delete": "&Xóa",
    "List View": "Xem gọn",
    "Detail View": "Xem chi tiết",
    "All Files (*)": "Mọi tệp (*)",
    "Directories": "Thư mục",
    "Folder": "Thư mục",
    "File Folder": "Thư mục",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nKhông có tệp này. Hãy xem lại tên."
    ),
    "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1. Ghi đè lên tệp ấy?",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nKhông có thư mục này. Hãy xem lại tên."
    ),
}


class QtInVietnamese(QTranslator):
    """Gives Qt its words; what it lacks stays as it is."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # An empty answer would be shown as one: Qt falls back on its own words for None only.
        return _WORDS.get(source)  # type: ignore[return-value]
