"""What an office-bearer is told: how many signed up, where neighbours stop, and one thing to try. Counts alone."""

from dataclasses import dataclass

from bot import texts
from bot.core.messages import Phrase, phrase
from bot.core.picture import Bar, Bars, Funnel
from bot.core.society.funnel import FEWEST, Counts, Step
from bot.core.society.society import Purpose

WAYS: dict[Purpose, str] = {Purpose.MESSAGE: texts.BY_MESSAGE, Purpose.POSTER: texts.BY_POSTER}
STEPS: dict[Step, str] = {
    Step.OPENED: texts.STEP_OPENED,
    Step.AGREED: texts.STEP_AGREED,
    Step.NUMBER: texts.STEP_NUMBER,
    Step.PLACE: texts.STEP_PLACE,
    Step.SAVED: texts.STEP_SAVED,
}
STOPS: dict[Step, Phrase] = {
    Step.AGREED: phrase(texts.TRY_NOTICE),
    Step.NUMBER: phrase(texts.TRY_NUMBER),
    Step.PLACE: phrase(texts.TRY_PLACE, key=phrase(texts.SEND_PLACE_KEY)),
    Step.SAVED: phrase(texts.TRY_SAVING, key=phrase(texts.SAVE)),
}


@dataclass(frozen=True, slots=True)
class Reached:
    """Counts in all, and of one week."""

    in_all: Counts
    week: Counts


@dataclass(frozen=True, slots=True)
class Progress:
    """A society's counts: of each link, and of all together. `goal` in sign-ups."""

    society: str
    goal: int | None
    total: Reached
    by: tuple[tuple[Purpose, Reached], ...]

    @property
    def begins(self) -> bool:
        """Whether no count of it may be told yet."""
        return not self.total.in_all.of(Step.OPENED)


def at_least(count: int) -> Phrase:
    """A count as people read it: `at least 10`, `fewer than 5`."""
    return phrase(texts.AT_LEAST, n=count) if count else phrase(texts.FEWER_THAN, n=FEWEST)


def sign_ups(counts: Counts) -> Phrase:
    """Sign-ups with their cameras; where the first are too few to be told, nothing is said of the second."""
    if not counts.saved:
        return phrase(texts.FEW_SIGN_UPS, n=FEWEST)
    return phrase(texts.SIGN_UPS, n=counts.saved, cameras=counts.cameras)


def beginning(progress: Progress) -> tuple[Phrase, ...]:
    """While no count may be told: that this is so, said once, and what to try."""
    new = phrase(texts.PROGRESS_NEW, n=FEWEST)
    return phrase(texts.PROGRESS_HEAD, society=progress.society), new, _goal(progress), _try(progress)


def lines(progress: Progress) -> tuple[Phrase, ...]:
    """Sign-ups and cameras by link, this week and in all, and the goal."""
    return (
        phrase(texts.PROGRESS_HEAD, society=progress.society),
        _line(phrase(texts.BY_ALL), progress.total),
        *(_line(phrase(WAYS[purpose]), reached) for purpose, reached in progress.by),
        _goal(progress),
        phrase(texts.PROGRESS_NOTE, n=FEWEST),
    )


def _line(what: Phrase, reached: Reached) -> Phrase:
    text = texts.PROGRESS_LINE if reached.in_all.saved else texts.PROGRESS_LINE_FEW
    return phrase(text, what=what, in_all=sign_ups(reached.in_all), week=sign_ups(reached.week))


def _goal(progress: Progress) -> Phrase:
    if not progress.goal:
        return phrase(texts.PROGRESS_NO_GOAL)
    met = progress.total.in_all.saved >= progress.goal
    return phrase(texts.PROGRESS_GOAL_MET if met else texts.PROGRESS_GOAL, goal=progress.goal)


def _try(progress: Progress) -> Phrase:
    return phrase(texts.TRY, suggestion=suggestion(progress))


def chart(progress: Progress) -> Bars | None:
    """Sign-ups this week, by link and in all, with the goal across; none while none can be told."""
    if not progress.total.in_all.saved:
        return None
    bars = [_bar(phrase(texts.BAR_WEEK), progress.total.week.saved)]
    bars += [_bar(phrase(WAYS[purpose]), reached.in_all.saved) for purpose, reached in progress.by]
    bars.append(_bar(phrase(texts.BAR_ALL), progress.total.in_all.saved))
    goal = Bar(phrase(texts.BAR_GOAL), progress.goal, progress.goal) if progress.goal else None
    return Bars(phrase(texts.CHART_SIGNUPS, society=progress.society), tuple(bars), goal)


def stops(progress: Progress) -> tuple[tuple[Phrase, ...], Funnel]:
    """Where neighbours stop, in words and as a picture."""
    counts = [(phrase(STEPS[step]), progress.total.in_all.of(step)) for step in Step]
    said = [phrase(texts.STEP_LINE, step=step, count=at_least(count)) for step, count in counts]
    drawn = Funnel(phrase(texts.CHART_STOPS, society=progress.society), tuple(_bar(*one) for one in counts))
    return (phrase(texts.STOPS_HEAD), *said, _try(progress)), drawn


def _bar(label: Phrase, count: int) -> Bar:
    return Bar(label, count or None, at_least(count))


def suggestion(progress: Progress) -> Phrase:
    """One thing to try, drawn from where most neighbours stop: as far as the counts that are told show it."""
    counts = progress.total.in_all
    if not counts.of(Step.OPENED):
        return phrase(texts.TRY_FORWARDING)
    lost = {step: counts.of(Step(step - 1)) - counts.of(step) for step in STOPS}
    worst = max(lost, key=lambda step: lost[step])
    if lost[worst]:
        return STOPS[worst]
    return phrase(texts.TRY_THANKING if progress.goal and counts.saved >= progress.goal else texts.TRY_ASKING)
