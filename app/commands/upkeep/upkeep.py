"""`verify`, `backup`, `second-copy` and `restore`: trusting what lies on the disk."""

from pathlib import Path

from app.commands.call import DONE, REFUSED, Call, Command, complain
from app.commands.upkeep.recovery_code import asked_code, who_opens
from app.counter import asks_password, restore_counter
from app.models.errors import BadInput
from app.store.restore import Continued
from app.sync.safety import back_up
from app.sync.second_copy import SETTING, SecondCopy, copy_to_restore, same_disk, take_tail


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
    """Write an encrypted copy, read it back, and say who can open it."""
    file = call.options.file
    with call.counter() as counter:
        verified = back_up(counter.desk.store, file, call.clock())
        ring = counter.ring()
        opens, only_here = who_opens(ring), ring.stays_here
    facts = {"file": str(file), "ok": verified.ok, "events": verified.events}
    words = f"Đã sao lưu {verified.events} sự kiện vào {file}, và đã đọc lại đúng. {opens}"
    call.answer({**facts, "only_here": only_here}, words.rstrip())
    return DONE


def restore(call: Call) -> int:
    """Put a backup in place of the data, which is set aside; the log begins anew above both."""
    said = call.options
    demo = call.places.key_ring.exists() and not asks_password(call.places)
    password = "" if demo else call.passphrase()
    source = said.file or _continued(said.from_copy)
    code = asked_code() if said.recovery else None
    done = restore_counter(call.places, source, call.officer, password, call.clock(), code)
    findings = [finding.sentence for finding in done.findings]
    aside = str(done.set_aside) if done.set_aside else ""
    words = f"Đã khôi phục từ {said.file or said.from_copy}."
    if aside:
        words += f" Dữ liệu cũ nằm ở {aside}; đã lấy lại {done.taken_over} sự kiện của nó."
    call.answer(
        {"taken_over": done.taken_over, "set_aside": aside, "findings": findings},
        "\n".join((words, *findings)),
    )
    return DONE


def second_copy(call: Call) -> int:
    """Keep a copy of every deed on a stick or second disk, keep none, or read the one there is."""
    said = call.options
    with call.counter() as counter:
        store = counter.desk.store
        second = SecondCopy(store)
        if said.action == "set":
            if said.folder is None:
                raise BadInput(
                    "Chưa có thư mục. Hãy ghi thư mục trên USB hoặc ổ thứ hai.", "folder"
                )
            state = second.set(said.folder)
        else:
            state = second.forget() if said.action == "off" else second.follow(every=True)
        folder = store.keeping.get(SETTING)
        same = state.copied and same_disk(Path(folder), call.places.data)
        warning = "Thư mục này cùng ổ với dữ liệu: ổ hỏng thì mất cả hai." if same else ""
        ring = counter.ring()
        opens = who_opens(ring) if folder else ""
        only_here = bool(folder) and ring.stays_here
    facts = {
        "copied": state.copied, "folder": folder, "state": state.sentence, "warning": warning,
        "only_here": only_here,
    }  # fmt: skip
    words = state.sentence or "Không giữ bản thứ hai."
    call.answer(facts, " ".join(part for part in (words, warning, opens) if part))
    return DONE if state.copied or not folder else REFUSED


def _continued(folder: Path) -> Continued:
    copy = copy_to_restore(folder)
    return Continued(copy.base, lambda store: take_tail(store, copy))


COMMANDS: dict[str, Command] = {
    "verify": verify, "backup": backup, "restore": restore, "second-copy": second_copy,
}  # fmt: skip
