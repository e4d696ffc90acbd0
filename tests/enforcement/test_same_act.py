"""One act of one party is fined once, in whatever procedure and however it is written (APL 29)."""

import asyncio
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import LAW
from services.given.people import officer
from tests.city import read_refusal
from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import CLERK, DAY, HEAD, HOUR, START, Dossier, fine, serial, stamp

FIRM = parties.PARTY_KIND_ORGANISATION
ALIKE = "SAME_ACT_TWICE"
SPOT = fine(200, band_code="5")


def firm(**more: str) -> parties.Party:
    n = next(serial)
    return parties.Party(
        **({"kind": FIRM, "name": f"示例企业{n}", "identity_number": number_of(FIRM)} | more)
    )


def act(**more: Any) -> penalties.Violation:
    return penalties.Violation(**({"title": "占道经营", "law": LAW, "occur_time": stamp(START - DAY)} | more))


async def spot(
    d: Department, party: parties.Party, violation: penalties.Violation | None = None, **more: Any
) -> cases.Case:
    said = {"penalty": SPOT} | more
    return (await d.spot(party=party, violation=violation or act(), **said)).case


async def closed(d: Department, case: cases.Case) -> None:
    await d.pay(Dossier(case.case_id, case.body_id), 200)
    await d.do("ReportSpotDecision", officer(case.officers[0].officer_id), case_id=case.case_id)
    await d.do("CloseCase", HEAD, case_id=case.case_id, report="结案")


@pytest.mark.parametrize("ended", [False, True], ids=["open", "paid and closed"])
@pytest.mark.parametrize(
    ("party", "violation"),
    [
        ({}, {}),
        ({"name": "改了名的企业"}, {}),
        ({"identity_number": ""}, {}),
        ({}, {"title": "占 道经营"}),
        ({}, {"occur_time": stamp(START - DAY + 5 * HOUR)}),
        ({}, {"title": "占用城市道路经营"}),  # the item of the benchmark tells
        ({}, {"place": "示例路1号"}),
    ],
    ids=["as it was", "another name", "no number", "spaces", "another hour", "another title", "a place"],
)
async def test_who_was_fined_on_the_spot_is_not_fined_there_again(
    department: Department, party: dict[str, str], violation: dict[str, Any], ended: bool
) -> None:
    one = firm()
    first = await spot(department, one)
    if ended:
        await closed(department, first)
    other = parties.Party(
        **({"kind": FIRM, "name": one.name, "identity_number": one.identity_number} | party)
    )

    async with department.refused(ALIKE, law="APL-2021:29") as told:
        await spot(department, other, act(**violation))
    assert told.metadata["other_case_id"] == first.case_id
    assert told.metadata["other_case_number"] == first.decision.document_number
    # 29 is about fines: a warning may come on top
    await spot(department, other, act(**violation), penalty=fine(0, kinds=[1], band_code="3"))


async def test_a_number_that_comes_later_makes_nobody_another(department: Department) -> None:
    one = firm(identity_number="")
    await spot(department, one)
    one.identity_number = number_of(FIRM)

    async with department.refused(ALIKE):
        await spot(department, one)


@pytest.mark.parametrize("written", ["lower", "spaced", "wide"])
async def test_a_number_is_one_number_however_it_is_written(department: Department, written: str) -> None:
    one = firm(identity_number="91440700MA0000000J")
    one.identity_number = with_letter()
    await spot(department, one)
    number = one.identity_number
    again = {
        "lower": number.lower(),
        "spaced": " ".join(number),
        "wide": "".join(chr(ord(c) + 0xFEE0) for c in number),
    }
    one.identity_number, one.name = again[written], "另一名称"

    async with department.refused(ALIKE):
        await spot(department, one)


async def test_what_nobody_sees_is_no_part_of_a_number(department: Department) -> None:
    one = firm()
    one.identity_number += "\u200b"

    async with department.refused("MALFORMED") as told:
        await spot(department, one)
    assert told.fields == ["party.identity_number"]


async def test_another_act_of_the_day_is_told_apart_by_its_place_or_its_moment(
    department: Department,
) -> None:
    one = firm()
    await spot(department, one, act(place="示例路1号"))

    async with department.refused(ALIKE):
        await spot(department, one, act(place="示例路2号"))
    async with department.refused(ALIKE):
        await spot(department, one, act(place="示例路 1号"), distinct_reason="另一行为")
    await spot(department, one, act(place="示例路2号"), distinct_reason="在另一路段的另一行为")

    # On the day itself: fined at nine, done again after that.
    today = act(place="示例路3号", occur_time=stamp(START - HOUR))
    await spot(department, one, today)
    department.now = START + 3 * HOUR
    async with department.refused(ALIKE):
        await spot(department, one, today, distinct_reason="处罚后再次实施")
    today.occur_time.CopyFrom(stamp(START + 2 * HOUR))
    case = await spot(department, one, today, distinct_reason="处罚后再次实施")

    assert case.distinct_reason == "处罚后再次实施"


@pytest.mark.parametrize(
    ("kind", "freed"), [(cases.SET_ASIDE_KIND_ANNULLED, True), (cases.SET_ASIDE_KIND_UNLAWFUL, False)]
)
async def test_a_fine_that_was_annulled_is_none(department: Department, kind: int, freed: bool) -> None:
    one = firm()
    first = await spot(department, one)
    said = {
        "kind": kind,
        "authority": "示例市人民政府",
        "document": "1号",
        "remedy": cases.REMEDY_RECONSIDERATION,
    }
    await department.do("RecordOutcome", CLERK, case_id=first.case_id, **said)

    if freed:
        await spot(department, one)
        return
    async with department.refused(ALIKE):
        await spot(department, one)


async def test_what_is_being_handled_is_not_fined_on_the_spot_beside_it(department: Department) -> None:
    dossier = await department.filed(party="示例企业甲", number=(number := number_of(FIRM)))
    one = firm(identity_number=number)
    about = {"title": "示例违法行为", "place": "示例路1号"}

    async with department.refused(ALIKE, law="APL-2021:29") as told:
        await spot(department, one, act(**about))
    assert told.metadata["other_case_id"] == dossier.case_id
    await department.do("TerminateCase", HEAD, case_id=dossier.case_id, cause="违法事实不能成立")
    await spot(department, one, act(**about), distinct_reason="")


@pytest.mark.parametrize("on_the_spot", [True, False], ids=["on the spot", "in a case that was paid and closed"])  # fmt: skip
async def test_who_was_fined_is_not_fined_again_in_a_case(department: Department, on_the_spot: bool) -> None:
    """The second case may be filed: another penalty than a fine is not forbidden."""
    number, name = number_of(FIRM), f"示例企业{next(serial)}"
    about = {"party": name, "number": number, "occur_time": stamp(START - DAY)}
    if on_the_spot:
        one = parties.Party(kind=FIRM, name=name, identity_number=number)
        first = await spot(department, one, act(title="示例违法行为"))
        await closed(department, first)
        other = first.case_id
    else:
        dossier = await department.served(**about)
        await department.pay(dossier, 30_000)
        await department.act("CloseCase", dossier)
        department.now, other = START + 30 * DAY, dossier.case_id
    second = await department.investigating(**about)
    await department.evidence(second)

    async with department.refused(ALIKE, law="APL-2021:29") as told:
        await department.report(second, fine(30_000))
    assert told.metadata["other_case_id"] == other
    async with department.refused(ALIKE):
        await department.do(
            "SubmitReport", second.who, case_id=second.case_id, report="报告", proposal=fine(30_000), distinct_reason="另一行为"
        )  # fmt: skip
    warned = fine(0, kinds=[penalties.PENALTY_KIND_WARNING], band_code="3")
    await department.report(second, warned)


async def test_of_two_cases_that_were_told_apart_wrongly_one_is_decided(department: Department) -> None:
    """That it is another act is for the record to show: by what is said alone both cases may be filed, and one fined."""
    about = {"party": f"示例企业{next(serial)}", "number": number_of(FIRM), "occur_time": stamp(START - DAY)}
    first, second = [await department.clue(**about) for _ in range(2)]
    await department.act("FileCase", first)
    await department.act("FileCase", second, distinct_reason="另一时段")
    for dossier in (first, second):
        dossier.officers = [await department.officer(dossier.body_id) for _ in range(2)]
        await department.act("AssignOfficers", dossier)
        await department.evidence(dossier)
        await department.report(dossier, fine(30_000))
        await department.act("SubmitForReview", dossier)
        await department.act("ConcludeReview", dossier)
        await department.notice(dossier)
        await department.act("WaiveDefence", dossier)
    await department.act("MakeDecision", first)

    async with department.refused(ALIKE):
        await department.act("MakeDecision", second)


async def test_of_many_at_once_one_is_fined(department: Department) -> None:
    body_id, one = await department.body(), firm()
    officers = [await department.officer(body_id) for _ in range(2)]

    made = await asyncio.gather(
        *(spot(department, one, body_id=body_id, officers=officers) for _ in range(20)),
        return_exceptions=True,
    )

    assert sum(not isinstance(each, Exception) for each in made) == 1
    refusals = [read_refusal(each) for each in made if isinstance(each, grpc.aio.AioRpcError)]
    assert {r.reason for r in refusals} == {ALIKE} and len(refusals) == 19


def with_letter() -> str:
    """A credit code that holds a letter, given out once."""
    while not (number := number_of(FIRM))[2:].isalnum() or number.isdigit():
        continue
    return number
