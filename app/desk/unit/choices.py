"""What a counter uses of what not every unit has, and the words it offers where no law gives them."""

from collections.abc import Sequence
from enum import Enum

from app.models.errors import BadInput
from app.models.text import clean_name
from app.store.own.keeping import Keeping

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
        "turn_priorities",
        ("Người cao tuổi", "Người khuyết tật", "Phụ nữ mang thai, có con nhỏ", "Người có công"),
    )


class Part(Enum):
    """What is out of the way until a counter uses it."""

    HELP_DESK = "help_desk"
    QUEUE = "queue"


class Choices:
    """Settings of this counter."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    def uses(self, part: Part) -> bool:
        """Whether this counter uses it."""
        return self._keeping.get(f"uses_{part.value}") == "on"

    def use(self, part: Part, *, is_used: bool) -> None:
        """Use it from now on, or don't."""
        self._keeping.put(f"uses_{part.value}", "on" if is_used else "")

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
