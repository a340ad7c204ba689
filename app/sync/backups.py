"""Makes a backup, and remembers when the last one was made."""

from datetime import datetime
from pathlib import Path

from app.models.errors import BadInput
from app.store.store import Store
from app.store.verify import Verified

SETTING = "backed_up"


def back_up(store: Store, file: Path, now: datetime) -> Verified:
    """Write `file`, read back and checked; raises `BadInput` for a folder that isn't there, `StorageFailed`."""
    if not file.parent.is_dir():
        raise BadInput(f"Không có thư mục {file.parent}. Hãy chọn nơi khác để sao lưu.", "file")
    verified = store.backup(file)
    store.keeping.put(SETTING, now.isoformat())
    return verified


def last_backup(store: Store) -> datetime | None:
    """When the last one was made here; None when none was."""
    kept = store.keeping.get(SETTING)
    return datetime.fromisoformat(kept) if kept else None
