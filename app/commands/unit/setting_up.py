"""`init`, `import` and `officer`: making a counter, and bringing in what it works by."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from app.admission import Admission
from app.commands.call import DONE, Call, Command, administrator, say_brought_in, secret_line
from app.commands.dossiers.dossiers import STOPS_ALL, take_in
from app.commands.dossiers.incoming import Incoming, from_line, from_row, lines_of
from app.commands.province.online import bring_online
from app.commands.upkeep.recovery_code import code_facts, code_words
from app.counter import FIRST_OFFICER, Counter, first_code
from app.desk.online.rows import TABLES
from app.desk.unit.office import Imported, Row, Wrong, read_rows
from app.founding import found
from app.models.errors import BadInput, Refused
from app.models.text import clean_name
from app.models.unit.founding import Founding, Joining, checked_login, described
from app.models.unit.officer import Role, check_gives_password
from app.printing.workbook import first_sheet

SOMEBODY = "Phụ trách bộ phận"


def init(call: Call) -> int:
    """Make an empty counter that can receive at once: its first officer holds every role."""
    said = call.options
    login = checked_login(call.officer or FIRST_OFFICER)
    officer = clean_name(said.officer) or SOMEBODY
    described(said.name)  # a wrong name is told before a password is asked
    first = Joining(login, officer, call.passphrase(), tuple(Role))
    founded = found(call.places, Founding(said.unit, said.name, (first,), said.counter), call.clock)
    unit, key = founded.unit, founded.key
    procedures, days = founded.procedures, founded.days
    made = call.clock()
    code = first_code(call.places, key, made)
    facts = {
        "unit": said.unit,
        "name": unit.name,
        "counter": said.counter,
        "officer": login,
        "procedures": procedures.imported,
        "holidays": days.imported,
        **code_facts(code, made),
    }
    call.answer(
        facts,
        f"Đã tạo quầy {said.counter} của {unit.name}: {procedures.imported} thủ tục, "
        f"{days.imported} ngày nghỉ và làm bù. Cán bộ đầu tiên: {login}.\n{code_words(code)}",
    )
    return DONE


def bring_in(call: Call) -> int:
    """Import a file; rows that are wrong are listed, the others go in."""
    said = call.options
    with call.counter() as counter:
        match said.kind:
            case "catalogue":
                by = administrator(counter)
                cases, fees = (_rows(file) if file else [] for file in (said.cases, said.fees))
                imported = counter.desk.office.import_catalogue(_rows(said.file), cases, fees, by)
            case "holidays":
                by = administrator(counter)
                imported = counter.desk.office.import_holidays(_rows(said.file), by)
            case "online":
                return bring_online(call, counter, said.file)
            case _:
                imported = _bring_dossiers(said.file, counter, call.clock().date())
    count = imported.imported
    facts, words = {"imported": count}, f"Đã nhập {count} dòng."
    return say_brought_in(call, facts, words, imported.refused, is_any=count > 0)


def officer(call: Call) -> int:
    """Add an officer, who may from now on open this counter, give one another password here, let one go."""
    return {"add": _add, "password": _password, "leave": _leave}[call.options.action](call)


def _leave(call: Call) -> int:
    login = call.options.login
    with call.counter() as counter:
        Admission(counter).let_go(login)
    call.answer({"login": login}, f"{login} không còn vào được quầy nào của đơn vị.")
    return DONE


def _password(call: Call) -> int:
    login = call.options.login
    with call.counter() as counter:
        check_gives_password(counter.officer, counter.desk.officer(login))
        counter.admit(login, secret_line("mật khẩu"))
    call.answer({"login": login}, f"Từ nay {login} mở quầy này bằng mật khẩu mới.")
    return DONE


def _add(call: Call) -> int:
    said = call.options
    if not said.name or not said.roles:
        raise BadInput("Thiếu họ tên hoặc --roles của cán bộ.")
    login, name = checked_login(said.login), clean_name(said.name)
    roles = tuple(Role(role) for role in said.roles)
    with call.counter() as counter:
        by = administrator(counter)
        counter.admit(login, secret_line("mật khẩu"))
        counter.desk.office.add_officer(login, name, roles, by, said.title)
    call.answer({"login": login, "name": name, "roles": roles}, f"Đã thêm cán bộ {login}.")
    return DONE


COMMANDS: dict[str, Command] = {"init": init, "import": bring_in, "officer": officer}


# --- inside -------------------------------------------------------------------------------------


def _rows(path: Path) -> list[Row]:
    return read_rows(path, first_sheet)


def _bring_dossiers(path: Path, counter: Counter, today: date) -> Imported:
    """Receive each dossier of a file; what is wrong stays out."""
    imported, wrong = 0, []
    for number, read in _dossiers_in(path, today):
        try:
            take_in(counter, _without_code(read()))
            imported += 1
        except STOPS_ALL:
            raise
        except Refused as error:
            wrong.append(Wrong(number, str(error), by_rule=not isinstance(error, BadInput)))
    return Imported(imported, tuple(wrong))


def _dossiers_in(path: Path, today: date) -> Iterator[tuple[int, Callable[[], Incoming]]]:
    """Each line's number and how to read it: rows of a table, or lines of JSON."""
    if path.suffix.lower() in TABLES:
        for number, row in enumerate(_rows(path), 2):
            yield number, partial(from_row, row, today)
        return
    for number, line in enumerate(lines_of(str(path)), 1):
        if line.strip():
            yield number, partial(from_line, line)


def _without_code(incoming: Incoming) -> Incoming:
    if incoming.code:
        raise BadInput(
            f"Hồ sơ đã có mã {incoming.code[:40]} của hệ thống khác; phiên bản này chưa nhập được mã cũ."
        )
    return incoming
