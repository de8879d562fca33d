"""Charts: bars by week with a goal, and a funnel of steps."""

from typing import Any

from bot.core.picture import Bar, Bars, Funnel
from bot.words import spoken
from handlers.pictures.typeset import Kind, typeset

STUB = 0.06  # of the full height: what is too few to be told apart


def bars(chart: Bars, language: str, kind: Kind) -> bytes:
    """The chart, in a language."""
    known = [bar.value for bar in (*chart.bars, chart.goal) if bar is not None and bar.value is not None]
    top = max(known, default=0) or 1
    data = {
        "language": language,
        "title": spoken(chart.title, language),
        "note": spoken(chart.note, language),
        "bars": [_bar(bar, top, language) for bar in chart.bars],
        "goal": _bar(chart.goal, top, language) if chart.goal else None,
    }
    return typeset("bars", data, kind)


def funnel(chart: Funnel, language: str, kind: Kind) -> bytes:
    """The chart, in a language: each step as wide as its number."""
    top = max((step.value for step in chart.steps if step.value is not None), default=0) or 1
    data = {
        "language": language,
        "title": spoken(chart.title, language),
        "note": spoken(chart.note, language),
        "steps": [_bar(step, top, language) for step in chart.steps],
    }
    return typeset("funnel", data, kind)


def _bar(bar: Bar, top: int, language: str) -> dict[str, Any]:
    few = bar.value is None
    height = STUB if bar.value is None else bar.value / top
    return {"label": spoken(bar.label, language), "shown": spoken(bar.shown, language), "height": height, "few": few}
