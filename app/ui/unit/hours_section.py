"""When the unit is open on each day of the week: a line a day."""

from app.models.deadlines.calendar import MONDAY_TO_FRIDAY, WEEKDAYS
from app.models.deadlines.opening import field_of, known_hours, written_hours
from app.ui.look.theme import Space, Tone
from app.ui.unit.sections import Section, Standing, in_two
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import WrappingLabel, column

ABOUT = (
    "Thứ Hai đến Thứ Sáu phải có giờ. Thứ Bảy, Chủ nhật có giờ thì nhận hồ sơ, nhưng không tính vào "
    "thời hạn. Ngày làm bù theo giờ Thứ Hai."
)
PROMISED = "Ngày, giờ đã hẹn không đổi: giờ mới chỉ dùng cho lời hẹn từ nay."


class HoursSection(Section):
    """The seven days, from Monday."""

    def __init__(self) -> None:
        super().__init__()
        for n, day in enumerate(WEEKDAYS):
            line = Line(
                "7:30-11:30, 13:30-17:00" if n in MONDAY_TO_FRIDAY else "trống: không mở cửa"
            )
            self.fields[field_of(n)] = Field(day, line, note_lines=1)
        whole = column(
            WrappingLabel(ABOUT, tone=Tone.QUIET), in_two(list(self.fields.values())),
            WrappingLabel(PROMISED, tone=Tone.QUIET), None, spacing=Space.WITHIN,
        )  # fmt: skip
        self.setLayout(whole)

    def show_standing(self, standing: Standing) -> None:
        said = written_hours(known_hours(standing.unit.hours))
        for field, words in zip(self.fields.values(), said, strict=True):
            field.control.setText(words.replace(" ", ", "))
            field.set_error("")

    @property
    def hours(self) -> tuple[str, ...]:
        """As typed."""
        return tuple(field.control.words() for field in self.fields.values())
