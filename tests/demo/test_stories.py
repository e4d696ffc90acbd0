"""The plan of the history: office hours, working days, forward in time, the same every time."""

from collections import Counter
from datetime import datetime
from random import Random

import pytest
from stdnum.cn import uscc
from yifa.enforcement.v1.reason_pb2 import Reason

from services.demo import cast
from services.demo.folder import Desk
from services.demo.stories import OUTSIDE, plan, step, stories
from services.demo.violations import LIMITATION, occurred, violations
from services.given.people import TEST_AREA, id_number
from services.law.calendar import SHANGHAI, china
from services.law.citation import cite
from services.registry.officer.identity import is_id_number

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=SHANGHAI)


def desks() -> list[Desk]:
    return [
        Desk(d.node, f"B-{d.node}", d.place, {n: f"O-{d.node}-{n}" for n in range(1, cast.OFFICERS + 1)})
        for d in cast.DEPARTMENTS
    ]


def whole(seed: str = "a"):
    return plan(desks(), stories(), NOW, Random(seed))


def test_there_is_enough_of_everything():
    first = Counter(story.steps[0].act for story in stories() for _ in range(story.count))

    assert 40 <= first["clue"] <= 70
    assert 15 <= first["spot"] <= 20
    assert 8 <= first[OUTSIDE] <= 10


@pytest.mark.parametrize("seed", "abcde")
def test_acts_lie_in_office_hours_before_now_and_go_forward(seed: str):
    acts = whole(seed)

    last: dict[int, datetime] = {}
    for act in acts:
        local = act.at.astimezone(SHANGHAI)
        assert china().is_working(local.date()), act
        assert 8 <= local.hour < 18 and not 12 <= local.hour < 14, act
        assert act.at < NOW
        assert last.get(id(act.folder), datetime.min.replace(tzinfo=SHANGHAI)) < act.at
        last[id(act.folder)] = act.at
    assert acts == sorted(acts)


def test_the_same_day_gives_the_same_history():
    def told(acts):
        return [(a.at, a.step, a.folder.party.name, a.folder.choice, a.folder.officers) for a in acts]

    assert told(whole()) == told(whole())
    assert told(whole()) != told(whole("b"))


def test_a_refusal_that_is_meant_is_one_that_the_service_knows():
    wanted = {one.refused for story in stories() for one in story.steps if one.refused}

    assert wanted <= {name.removeprefix("REASON_") for name in Reason.keys()}
    assert len(wanted) >= 10


@pytest.mark.parametrize("word", ["decide+", "fly+2", "decide+2?no", "+3", "Decide"])
def test_what_is_no_step_is_refused(word: str):
    with pytest.raises(ValueError, match="is no step"):
        step(word)


def test_a_step_says_act_days_flags_and_refusal():
    one = step("evidence+14:not-shown,no-source?CERTIFICATE_NOT_SHOWN")

    assert (one.act, one.days, one.refused) == ("evidence", 14, "CERTIFICATE_NOT_SHOWN")
    assert one.flags == {"not-shown", "no-source"}


def test_numbers_have_right_check_digits_and_belong_to_nobody():
    rng, today = Random(1), NOW.date()
    parties = [
        cast.party(rng, kind) for kind in ("CITIZEN", "ORGANISATION", "SOLE_TRADER") for _ in range(50)
    ]

    for party in parties:
        assert "示例" in party.name
        assert TEST_AREA in party.identity_number
        number = party.identity_number
        assert is_id_number(number, today) if "公民" in party.name else uscc.is_valid(number)
    numbers = {id_number(d.serial * 100 + n) for d in cast.DEPARTMENTS for n in range(1, 11)}
    assert len(numbers) == 20 and all(is_id_number(n, today) for n in numbers)
    assert cite("ASR-2025:32").text_zh


def test_an_act_is_done_while_its_statute_applied_and_found_in_time():
    rng, found = Random(1), NOW

    for violation in violations().values():
        if violation.since is not None and violation.since > found.date():
            continue
        at = occurred(rng, violation, found)
        assert found - LIMITATION <= at < found
        assert violation.until is None or at.date() < violation.until
        assert violation.since is None or violation.since <= at.date()
