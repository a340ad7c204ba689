"""The words of the command line are a promise, and it speaks Vietnamese."""

import re

import pytest

from app.cli import main
from app.commands.grammar import grammar
from tests.cli.motcua import Motcua

VERBS = (
    *("hand-over", "accept", "send-back", "request-supplement", "supplement-received"),
    *(
        "request-payment",
        "paid",
        "change-case",
        "forward",
        "sign",
        "apologise",
        "resolve",
        "return",
    ),
    *("refuse", "withdraw", "stop", "reopen", "correct", "undo", "void"),
)
ENGLISH = re.compile(r"\b(usage|options|positional|required|invalid|error|show this|choose)\b")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_understood(verb: str) -> None:
    words = ("--reason", "vì sao", "--to", "ai", "--note", "ghi", "--at", "2026-11-23T08:00")
    assert grammar().parse_args(["deed", "T-AAAAAAAA", verb, *words]).verb == verb


def test_where_the_data_lies_may_be_said_before_or_after_the_command() -> None:
    for words in (["--data", "d", "--json", "late"], ["late", "--data", "d", "--json"]):
        options = grammar().parse_args(words)
        assert (str(options.data), options.json) == ("d", True)


def test_without_a_command_the_window_is_meant() -> None:
    options = grammar().parse_args([])
    assert (options.command, options.data, options.json) == (None, None, False)


@pytest.mark.parametrize("command", ["", "receive", "deed", "print", "init", "due"])
def test_help_is_vietnamese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help"])
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert "Cách dùng: motcua" in said
    assert not ENGLISH.search(said)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["find"], "Thiếu CHỮ."),
        (["fnd", "x"], "Không có lệnh “fnd”."),
        (["deed", "X", "receive"], "Không có lựa chọn “receive”."),
        (["find", "x", "--limit", "mười"], "--limit phải là số nguyên, không phải “mười”."),
        (["late", "--soon"], "--soon cần một giá trị."),
        (["find", "x", "--lim", "3"], "Không hiểu “--lim 3”."),
        (["print", "receipt", "X", "-o", "a", "--printer", "b"], "--printer không dùng cùng -o/--output."),
        (["due", "1.001022", "--at", "mai"], "“mai” không phải thời điểm"),
        (["init", "--unit", "H26"], "Thiếu --name, --counter."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_words_is_told_in_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert sentence in told.err
    assert not ENGLISH.search(told.err)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"motcua \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_people_get_words_and_programs_get_json(
    kept: Motcua, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["find", "su"], ["show", code], ["due", "1.001022", "--at", "2026-11-23T09:00"]):
        assert main([*words, "--data", str(kept.data)]) == 0
        said = capsys.readouterr().out
        assert "16:30 27/11/2026" in said
        assert "{" not in said
