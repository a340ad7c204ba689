"""What commands say of the recovery code: a new one, who could open a backup, and asking for it."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.commands.call import complain, secret_line
from app.models.unit.recovery_code import RecoveryCode

if TYPE_CHECKING:
    from app.credentials import KeyRing

ASKED = "Nhập mã khôi phục ghi trên giấy (6 nhóm, mỗi nhóm 6 ký tự):"
ONLY_HERE = (
    "Chỉ máy này mở được bản ấy: chưa có mã khôi phục. "
    "Hãy lập mã bằng “motcua recovery-code” rồi ghi lại bản mới."
)


def code_facts(code: RecoveryCode, made: datetime) -> dict[str, object]:
    """What a program is told of a new code."""
    return {"recovery_code": str(code), "made": made}


def code_words(code: RecoveryCode) -> str:
    """What a person is told of a new code, this once."""
    return (
        f"Mã khôi phục, chỉ hiện lần này:\n\n    {code}\n\n"
        "Hãy chép ra giấy và cất vào két: máy hỏng thì chỉ có mã này mở được bản sao lưu và bản thứ hai "
        "trên máy khác. Mã lập trước đó không mở được những bản ghi từ nay."
    )


def asked_code() -> RecoveryCode:
    """The code as it comes on stdin; raises `BadInput`."""
    complain(ASKED)
    return RecoveryCode.parse(secret_line("mã khôi phục"))


def who_opens(ring: "KeyRing") -> str:
    """Who can open a backup made now, in a sentence; "" where a password does anywhere."""
    if ring.stays_here:
        return ONLY_HERE
    made = ring.code_made
    return (
        f"Mở được ở máy khác bằng mã khôi phục lập lúc {made:%H:%M ngày %d/%m/%Y}." if made else ""
    )
