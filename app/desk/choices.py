"""The words this counter's unit offers where no law gives them: lists of its own, and what it uses."""

from collections.abc import Sequence
from enum import Enum

from app.models.errors import BadInput
from app.models.text import clean_name
from app.store.keeping import Keeping

LONGEST, MOST = 80, 20


class Words(Enum):
    """A list: the name it is kept under, and what stands in it while nobody said otherwise."""

    LEVELS = ("help_desk_levels", ("Chưa có", "Mức độ 1", "Mức độ 2"))
    OUTCOMES = (
        "help_desk_outcomes",
        ("Đã nộp trực tuyến", "Đã hướng dẫn cách làm", "Đã tra cứu hồ sơ", "Đã giúp tài khoản định danh",
         "Chưa làm được, hẹn quay lại"),
    )  # fmt: skip
    PRIORITIES = (
        "ticket_priorities",
        ("Người cao tuổi", "Người khuyết tật", "Phụ nữ mang thai, có con nhỏ", "Người có công"),
    )


class Choices:
    """Settings of this counter."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    def of(self, words: Words) -> tuple[str, ...]:
        """The list as it is offered."""
        name, shipped = words.value
        kept = self._keeping.get(name)
        return tuple(kept.split("\n")) if kept else shipped

    def offer(self, words: Words, listed: Sequence[str]) -> None:
        """Offer these from now on; none of them: as shipped. Raises `BadInput`."""
        name, _ = words.value
        cleaned = [clean_name(each, LONGEST, "words") for each in listed]
        clean = list(dict.fromkeys(filter(None, cleaned)))
        if len(clean) > MOST:
            raise BadInput(f"Danh sách dài quá {MOST} mục. Hãy bớt lại.", "words")
        self._keeping.put(name, "\n".join(clean))
