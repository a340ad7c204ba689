"""The parser of the command line, which speaks Vietnamese, and options that many commands have."""

import argparse
import re
from argparse import _ArgumentGroup
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from app.commands.instants import day
from app.models.errors import BadInput

Words = _ArgumentGroup
"""What a command may be told: its arguments and options."""
Add = Callable[[str, str], Words]
"""Makes a command of a name and what it is about; `Words` yet without any."""

# the shapes of argparse's sentences → ours
_MISTAKES = (
    (r"the following arguments are required: (.+)", "Thiếu {}."),
    (r"argument (.+): expected .+", "{} cần một giá trị."),
    (r"argument LỆNH: invalid choice: '(.*?)' .+", "Không có lệnh “{}”."),
    (r"argument .+?: invalid choice: '(.*?)' .+", "Không có lựa chọn “{}”."),
    (r"argument (.+?): invalid int value: '(.*)'", "{} phải là số nguyên, không phải “{}”."),
    (r"argument (.+?): not allowed with argument (.+)", "{} không dùng cùng {}."),
    (r"unrecognized arguments: (.+)", "Không hiểu “{}”."),
    (r"argument (.+?): (.+)", "{}: {}"),
)


class Parser(argparse.ArgumentParser):
    """Speaks Vietnamese, and raises `BadInput` instead of ending the program."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Help
        )
        self.words = self.add_argument_group("Đối số")
        common = self.add_argument_group("Tùy chọn chung")
        common.add_argument("-h", "--help", action="help", help="xem cách dùng")
        # suppressed, so that a command doesn't take back what was said before it
        common.add_argument("--data", type=Path, metavar="THƯ_MỤC", default=argparse.SUPPRESS,
                            help="thư mục dữ liệu (mặc định: của người dùng này)")  # fmt: skip
        common.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
                            help="trả lời bằng JSON, mỗi dòng một mục")  # fmt: skip

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{_in_words(message)} Xem cách dùng: {self.prog} --help")


class Commands:
    """The commands there are."""

    def __init__(self, commands: "argparse._SubParsersAction[Any]") -> None:
        self._commands = commands

    def add(self, name: str, about: str) -> Words:
        """As `Add`."""
        parser: Parser = self._commands.add_parser(name, help=about, description=about)
        return parser.words


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def _in_words(message: str) -> str:
    for shape, sentence in _MISTAKES:
        if found := re.fullmatch(shape, message, re.DOTALL):
            return sentence.format(*found.groups())
    return "Lệnh chưa đúng."


def choice(words: Words, name: str, choices: Sequence[str], default: str, about: str) -> None:
    """An option of which one of `choices` is taken; the help lists them."""
    listed = f"{about}: {', '.join(choices)}"
    words.add_argument(name, choices=choices, default=default, metavar="CHỌN", help=listed)


def span(words: Words, *, required: bool) -> None:
    """The options of a span of days."""
    for name, dest, about in (("--from", "since", "từ ngày"), ("--to", "until", "đến hết ngày")):
        words.add_argument(name, dest=dest, metavar="NGÀY", type=day, required=required, help=about)
