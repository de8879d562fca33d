"""Every conversation there can be, walked through the pure core: none saves without consent and all three answers."""

from collections import defaultdict
from dataclasses import replace

import pytest

from bot import texts
from bot.core.messages import Say, Tap
from bot.core.registration import Draft
from bot.core.resident import signup
from bot.core.resident.signup_desk import Save
from bot.core.resident.signup_questions import (
    ChooseLanguage,
    NeedConsent,
    NeedCount,
    NeedHere,
    NeedMany,
    NeedNumber,
    NeedPlace,
    NeedSame,
    NeedSave,
    Stage,
    question,
    reminder,
)
from tests.chat import TOWN
from tests.core.every_conversation import DESKS, HERE, INPUTS, NUMBER, Reached, of_any_length, of_length

CORRECTION = Draft(NUMBER, HERE.site, HERE.cameras, HERE.number)
every_person = pytest.mark.parametrize("who", DESKS)


def test_there_are_as_many_answers_as_people_can_think_of() -> None:
    assert len(INPUTS) == len(set(INPUTS)) >= 20


@every_person
def test_nobody_is_saved_within_five_answers_without_consent_and_all_three_answers(who: str) -> None:
    taken = 0
    for _, _, there, out, many in of_length(who, 5):
        taken += many
        if isinstance(out.effect, Save):
            answered_all(there, out.effect)

    assert taken > 1_000_000


@every_person
def test_nobody_is_ever_saved_without_consent_and_all_three_answers(who: str) -> None:
    saves = [(there, out.effect) for _, _, there, out in of_any_length(who) if isinstance(out.effect, Save)]

    for there, save in saves:
        answered_all(there, save)
    assert saves


@every_person
def test_a_persons_entries_are_looked_up_wherever_they_matter(who: str) -> None:
    matter = 0
    for at, got, _, out in of_any_length(who):
        assert at.stage is not None
        if signup.asks_for_entries(at.stage, got):
            matter += 1
        else:
            without = replace(DESKS[who], agreed=at.agreed, mine=())
            assert signup.step(at.stage, got, without) == out

    assert matter


def answered_all(there: Reached, save: Save) -> None:
    assert there.agreed
    assert save.draft.phone in there.numbers
    assert save.draft.site.point in there.places
    assert save.draft.cameras in there.counts


@every_person
def test_after_every_answer_a_question_stands_on_the_screen_or_the_conversation_is_over(who: str) -> None:
    turns = {(at.stage, got): out for at, got, _, out in of_any_length(who)}

    for taken, out in turns.items():
        if out.stage is None:
            assert out.says or out.effect, taken
        else:
            assert asks(out.says, out.stage), taken


def asks(says: tuple[Say, ...], stage: Stage) -> bool:
    """Whether the last message is this stage's question, with its buttons, perhaps after a hint."""
    last, hinted = says[-1], says[-1].lines[0].text == texts.HINT
    line = last.lines[0].values["question"] if hinted else last.lines[0]
    wanted = (reminder if hinted else question)(stage, TOWN)[-1]
    return (line, last.buttons, last.ask) == (wanted.lines[0], wanted.buttons, wanted.ask)


@every_person
def test_nobody_is_ever_stuck_from_every_stage_a_way_leads_to_saving(who: str) -> None:
    leads_to: dict[Reached, set[Reached]] = defaultdict(set)
    ends: set[Reached] = set()
    for at, _, there, out in of_any_length(who):
        leads_to[there].add(at)
        if isinstance(out.effect, Save):
            ends.add(at)

    reached = {at for sources in leads_to.values() for at in sources}
    assert reached == backwards(ends, leads_to)


def backwards(ends: set[Reached], leads_to: dict[Reached, set[Reached]]) -> set[Reached]:
    found, waiting = set(ends), list(ends)
    while waiting:
        new = leads_to[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


def test_the_walk_comes_to_every_stage_there_is() -> None:
    kinds = {type(at.stage) for who in DESKS for at, *_ in of_any_length(who)}

    assert kinds == {
        ChooseLanguage,
        NeedConsent,
        NeedNumber,
        NeedPlace,
        NeedHere,
        NeedSame,
        NeedCount,
        NeedMany,
        NeedSave,
    }


@pytest.mark.parametrize("start", [NeedSave(CORRECTION), NeedPlace(NUMBER, CORRECTION)], ids=["change", "move"])
def test_correcting_an_entry_never_makes_a_second_one(start: Stage) -> None:
    begun = Reached(start, agreed=True, numbers=frozenset({NUMBER}))

    steps = of_any_length("someone with an entry at Rajwada", begun)

    saved = [out.effect.draft for *_, out in steps if isinstance(out.effect, Save)]
    left = {got for _, got, there, out in steps if there.stage is None and out.effect is None}
    assert {draft.updates for draft in saved} == {HERE.number}
    assert left == {Tap("leave")}
