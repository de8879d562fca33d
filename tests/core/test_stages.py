"""Open conversations as they are written down: read again just as they were, also by a newer program."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import stages
from bot.core.access import Role
from bot.core.admin.joining import NeedAccept
from bot.core.casework.areas import NeedArea
from bot.core.casework.near import Circle
from bot.core.casework.opening_questions import NeedReference
from bot.core.casework.search import NeedRadius, NeedWhere
from bot.core.casework.ways import NeedWay
from bot.core.geo import Point
from bot.core.registration import Draft, Site
from bot.core.resident.details import AskKind
from bot.core.resident.leaving import SureForget, SureRemove
from bot.core.resident.signup_questions import NeedConsent, NeedCount, NeedPlace, NeedSave
from bot.core.stages import Stage
from tests import profiles as profiles

st.register_type_strategy(float, st.floats(allow_nan=False))  # no distance is "not a number"
st.register_type_strategy(Point, st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)))
st.register_type_strategy(Circle, st.builds(Circle, st.from_type(Point), st.floats(0, 1e7)))
ANY_STAGE: st.SearchStrategy[Stage] = st.one_of(
    *(st.from_type(kind) for kind in get_args(Stage)),
)

NEW = NeedPlace("+919876543210")
CORRECTION = NeedSave(Draft("+919876543210", Site(Point(22.7, 75.8)), 4, "7K4M-92QX"))


@given(st.lists(ANY_STAGE, max_size=5))
def test_whatever_was_open_is_open_again_just_as_it_was(stack: list[Stage]) -> None:
    assert stages.read(stages.write(stack)) == stack


def test_no_two_kinds_of_stages_have_one_name() -> None:
    names = [kind.__name__ for kind in get_args(Stage)]

    assert sorted(names) == sorted(stages.KINDS)  # written down by their names, one would be read as the other


def test_when_nothing_is_open_nothing_is_written() -> None:
    assert stages.write([]) == b""
    assert stages.read(b"") == []


@pytest.mark.parametrize(
    "older",
    [
        ["NeedShoeSize", {"phone": "+919876543210"}],
        ["NeedPlace", {"telephone": "+919876543210"}],
        ["NeedCount", {"phone": "+919876543210", "site": "Rajwada"}],
    ],
)
def test_a_stage_that_an_older_version_wrote_and_nobody_knows_is_left_out(older: list[object]) -> None:
    written = json.dumps([["NeedConsent", {}], older]).encode()

    assert stages.read(written) == [NeedConsent()]


def test_a_new_search_takes_the_place_of_the_old_one() -> None:
    assert stages.pushed([NEW, NeedRadius(Point(22.7, 75.8))], NeedWhere()) == [NEW, NeedWhere()]


def test_a_correction_does_not_push_a_half_finished_sign_up_out() -> None:
    assert stages.pushed([NEW], CORRECTION) == [NEW, CORRECTION]
    assert stages.pushed([CORRECTION], NEW) == [CORRECTION, NEW]


def test_a_sign_up_that_became_a_correction_counts_as_one() -> None:
    same = NeedCount("+919876543210", Site(Point(22.7, 75.8)), "7K4M-92QX")

    assert stages.pushed([same], CORRECTION) == [CORRECTION]


def test_a_conversation_of_every_kind_can_wait_and_none_is_lost() -> None:
    stack: list[Stage] = []
    every: list[Stage] = [
        NEW,
        CORRECTION,
        AskKind("7K4M-92QX"),
        SureRemove("7K4M-92QX", 365),
        NeedWhere(),
        NeedReference(),
        NeedWay(),
        NeedArea(),
        NeedAccept(7, Role.OFFICER, "Palasia", "SI"),
    ]

    for stage in every:
        stack = stages.pushed(stack, stage)

    assert stack == every
    assert stages.pushed(stack, SureForget(1, 365)) == [*every[:3], *every[4:], SureForget(1, 365)]
