"""`rating`: whether citizens are asked at this counter how it was."""

from app.commands.call import DONE, Call, Command, administrator


def rating(call: Call) -> int:
    """Say whether they are asked, after changing it where that was said."""
    with call.counter() as counter:
        ratings = counter.desk.ratings
        if call.options.asks:
            administrator(counter)
            ratings.ask(call.options.asks == "on")
        asks, asked = ratings.asks, ratings.questionnaire()
    facts = {"asks": asks, "invitation": asked.invitation, "levels": asked.levels}
    words = "Mời công dân đánh giá" if asks else "Không mời công dân đánh giá"
    call.answer(facts, f"{words} khi trả kết quả ở quầy này.")
    return DONE


COMMANDS: dict[str, Command] = {"rating": rating}
