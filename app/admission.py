"""Who may open this counter, as the window needs it: passwords changed and given, officers come and gone."""

from collections.abc import Sequence

from app.counter import Counter
from app.models.errors import BadInput
from app.models.unit.founding import Joining
from app.models.unit.officer import check_administers, check_gives_password


class Admission:
    """Of one open counter; all of it for the desk lane. Everything raises `Refused` or `BadInput`."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def logins(self) -> Sequence[str]:
        """Who has a password on this PC."""
        return self._counter.ring().officers

    def change(self, old: str, new: str) -> None:
        """Another password for whoever sits here, who says the old one."""
        try:
            self._counter.check(old)
        except BadInput as wrong:
            raise BadInput(str(wrong), "old") from wrong
        self._counter.admit(self._counter.officer.login, new)

    def give(self, login: str, new: str) -> None:
        """A password for an officer who has forgotten it, or has none on this PC."""
        check_gives_password(self._counter.officer, self._counter.desk.officer(login))
        self._counter.admit(login, new)

    def add(self, joining: Joining) -> None:
        """A new officer, who may from now on open this counter."""
        officer, office = self._counter.officer, self._counter.desk.office
        check_administers(officer)
        office.refuse_known(joining.login)
        self._counter.admit(joining.login, joining.password)
        office.add_officer(joining.login, joining.name, joining.roles, officer.login, joining.title)

    def let_go(self, login: str) -> None:
        """An officer works here no longer: opens nothing, and stands in no list to choose from."""
        self._counter.desk.office.let_go(login, self._counter.officer)
        ring = self._counter.ring()
        if login in ring.officers:
            ring.remove(login)
