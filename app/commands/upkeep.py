"""`verify`, `backup` and `restore`: trusting what lies on the disk."""

from app.commands.call import DONE, REFUSED, Call, Command, complain
from app.counter import asks_password, restore_counter
from app.models.errors import BadInput


def verify(call: Call) -> int:
    """Check everything against itself; every gap in the numbers is explained or it fails."""
    with call.counter() as counter:
        verified = counter.desk.store.verify()
    findings = [finding.sentence for finding in verified.findings]
    state = "Dữ liệu đúng" if verified.ok else "Dữ liệu KHÔNG đúng"
    call.answer(
        {"ok": verified.ok, "events": verified.events, "findings": findings},
        "\n".join((f"{state}: {verified.events} sự kiện.", *findings)),
    )
    if not verified.ok:
        complain("Dữ liệu không khớp. Hãy giữ nguyên máy và gọi tin học cấp trên.")
        return REFUSED
    return DONE


def backup(call: Call) -> int:
    """Write an encrypted copy, and read it back."""
    file = call.options.file
    if not file.parent.is_dir():
        raise BadInput(f"Không có thư mục {file.parent}. Hãy chọn nơi khác để sao lưu.", "file")
    with call.counter() as counter:
        verified = counter.desk.store.backup(file)
    facts = {"file": str(file), "ok": verified.ok, "events": verified.events}
    call.answer(facts, f"Đã sao lưu {verified.events} sự kiện vào {file}, và đã đọc lại đúng.")
    return DONE


def restore(call: Call) -> int:
    """Put a backup in place of the data, which is set aside; the log begins anew above both."""
    said = call.options
    demo = call.places.key_ring.exists() and not asks_password(call.places)
    password = "" if demo else call.passphrase()
    done = restore_counter(call.places, said.file, call.officer, password, call.clock())
    findings = [finding.sentence for finding in done.findings]
    aside = str(done.set_aside) if done.set_aside else ""
    words = f"Đã khôi phục từ {said.file}."
    if aside:
        words += f" Dữ liệu cũ nằm ở {aside}; đã lấy lại {done.taken_over} sự kiện của nó."
    call.answer(
        {"taken_over": done.taken_over, "set_aside": aside, "findings": findings},
        "\n".join((words, *findings)),
    )
    return DONE


COMMANDS: dict[str, Command] = {"verify": verify, "backup": backup, "restore": restore}
