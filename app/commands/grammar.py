"""The words of the command line: commands, options, and their help in Vietnamese."""

from app.commands.dossiers.words import dossier_words
from app.commands.exchange.words import exchange_words
from app.commands.papers.words import paper_words
from app.commands.parser import Commands, Parser
from app.commands.province.words import province_words
from app.commands.unit.words import unit_words
from app.commands.upkeep.words import upkeep_words


def grammar() -> Parser:
    """The whole command line. Parsing raises `BadInput`; no command at all gives None."""
    top = Parser("motcua", "Một Cửa: quầy tiếp nhận và trả kết quả thủ tục hành chính cấp xã.")
    top.set_defaults(data=None, json=False)
    top.words.add_argument("--version", action="store_true", help="phiên bản chương trình")
    commands = Commands(
        top.add_subparsers(title="Các lệnh", metavar="LỆNH", dest="command", required=False)
    )
    commands.add("open", "mở cửa sổ làm việc (cũng là khi không ghi lệnh nào)")
    unit_words(commands.add)
    dossier_words(commands.add)
    paper_words(commands.add)
    province_words(commands.add)
    exchange_words(commands.add)
    upkeep_words(commands.add)
    return top
