"""Random draws: the hash of the seed first, then what anybody can draw again (国办发〔2015〕58号)."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToJson
from typer.testing import CliRunner
from yifa.enforcement.v1 import inspection_draw_pb2 as pb
from yifa.enforcement.v1 import inspection_object_pb2 as objects

from services.cli.__main__ import app
from services.given import inspection as given
from services.given.inspection import Visit
from services.law.draw import drawn, pick, seed_hash, verified
from tests.enforcement.department import Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import DAY, HEAD, HOUR, START, UNIT, serial, stamp

SEED = "示例种子-2026-03-02-第一次抽取"


@pytest.fixture
def bureau(department: Department) -> Bureau:
    return Bureau(department)


async def listed(bureau: Bureau, visit: Visit, count: int, **more: Any) -> list[str]:
    """So many enterprises in the body's list; their credit codes."""
    codes = []
    for _ in range(count):
        fields = {"body_id": visit.body_id, "risk": objects.RISK_CLASS_A}
        made = await bureau.do(
            "PutInspectionObject", UNIT, enterprise=given.enterprise(50_000 + next(serial)), **(fields | more)
        )
        codes.append(made.inspection_object.enterprise.credit_code)
    return codes


async def commit(bureau: Bureau, visit: Visit, **more: Any) -> pb.InspectionDraw:
    fields = {
        "body_id": visit.body_id,
        "title": "三月双随机抽查",
        "object_count": 2,
        "officers_each": 2,
        "officer_ids": visit.ids,
        "seed_hash": seed_hash(SEED),
        "public_source": "福彩3D第2026055期开奖号码",
        "draw_after": stamp(START + HOUR),
    }
    made = await bureau.do("CommitInspectionDraw", UNIT, **(fields | more))
    return made.inspection_draw  # type: ignore[no-any-return]


async def drew(bureau: Bureau, visit: Visit, **more: Any) -> pb.InspectionDraw:
    draw = await commit(bureau, visit, **more)
    bureau.node.now = START + 2 * HOUR
    made = await bureau.do("MakeInspectionDraw", UNIT, draw_id=draw.draw_id, seed=SEED, public_number="407")
    return made.inspection_draw  # type: ignore[no-any-return]


async def test_a_draw_follows_from_what_was_published_and_anybody_draws_again(bureau: Bureau) -> None:
    visit = await bureau.visit(officers=4)
    codes = await listed(bureau, visit, 5)

    draw = await drew(bureau, visit)

    again = await bureau.do("GetInspectionDraw", ("anybody", "PUBLIC"), draw_id=draw.draw_id)
    assert again.verified and verified(again.inspection_draw)
    assert list(again.inspection_draw.drawn) == drawn(again.inspection_draw, SEED, "407")
    assert {d.credit_code for d in draw.drawn} <= set(codes) and len(draw.drawn) == 2
    assert all(len(d.officer_ids) == 2 and set(d.officer_ids) <= set(visit.ids) for d in draw.drawn)
    forged = pb.InspectionDraw.FromString(again.inspection_draw.SerializeToString())
    forged.drawn[0].credit_code = next(c for c in codes if c not in {d.credit_code for d in draw.drawn})
    assert not verified(forged)


async def test_who_is_related_is_not_sent_and_who_is_exempt_is_not_drawn(bureau: Bureau) -> None:
    visit = await bureau.visit(officers=4)
    barred = visit.ids[0]
    await listed(bureau, visit, 3, related_officer_ids=[barred])
    exempt = await listed(
        bureau,
        visit,
        1,
        risk=objects.RISK_CLASS_D,
        exempt_from=stamp(START - DAY),
        exempt_document="正面清单",
    )

    draw = await drew(bureau, visit)

    assert exempt[0] not in {each.enterprise.credit_code for each in draw.objects}
    assert all(barred not in d.officer_ids for d in draw.drawn)


async def test_an_inspection_that_names_a_draw_goes_as_it_was_drawn(bureau: Bureau) -> None:
    visit = await bureau.visit(officers=4)
    await listed(bureau, visit, 3)
    draw = await drew(bureau, visit)
    chosen = draw.drawn[0]
    visit.enterprise = next(
        o.enterprise for o in draw.objects if o.enterprise.credit_code == chosen.credit_code
    )
    await bureau.planned(visit)
    others = [o for o in visit.ids if o not in chosen.officer_ids]

    async with bureau.node.refused("DRAW_NOT_FOLLOWED"):
        await bureau.opened(visit, draw_id=draw.draw_id, officer_ids=others)
    async with bureau.node.refused("DRAW_NOT_FOLLOWED"):
        await bureau.opened(visit, draw_id="D-invented", officer_ids=chosen.officer_ids)
    await bureau.opened(visit, draw_id=draw.draw_id, officer_ids=list(chosen.officer_ids))
    await bureau.act("ApproveInspection", visit)


async def test_nobody_knows_the_number_when_the_hash_is_published(bureau: Bureau) -> None:
    visit = await bureau.visit(officers=4)
    await listed(bureau, visit, 3)
    async with bureau.node.refused("DRAW_NUMBER_KNOWN"):
        await commit(bureau, visit, draw_after=stamp(START))
    draw = await commit(bureau, visit)
    request = {"draw_id": draw.draw_id, "seed": SEED, "public_number": "407"}

    async with bureau.node.refused("DRAW_NUMBER_KNOWN"):
        await bureau.do("MakeInspectionDraw", UNIT, **request)
    bureau.node.now = START + 2 * HOUR
    async with bureau.node.refused("DRAW_SEED_WRONG"):
        await bureau.do(
            "MakeInspectionDraw", UNIT, **(request | {"seed": "另一个更合适的种子，事后挑选出来的"})
        )
    await bureau.do("MakeInspectionDraw", UNIT, **request)
    async with bureau.node.refused("ACT_NOT_OPEN"):
        await bureau.do("MakeInspectionDraw", UNIT, **request)


async def test_lists_leave_something_to_chance(bureau: Bureau) -> None:
    visit = await bureau.visit(officers=3)
    await listed(bureau, visit, 3)

    for more in ({"object_count": 3}, {"officer_ids": visit.ids[:2]}, {"officers_each": 3}):
        async with bureau.node.refused("DRAW_LIST_TOO_SHORT"):
            await commit(bureau, visit, **more)


async def test_only_officers_who_may_inspect_are_drawn_by_a_body_that_may(bureau: Bureau) -> None:
    visit = await bureau.visit(officers=3)
    await listed(bureau, visit, 3)
    unfit = await bureau.node.officer(visit.body_id, certified=False)
    async with bureau.node.refused("TWO_CERTIFIED_OFFICERS") as told:
        await commit(bureau, visit, officer_ids=[*visit.ids, unfit.officer_id])
    assert told.metadata["officer_id"] == unfit.officer_id
    await bureau.node.withdraw(visit.body_id)

    async with bureau.node.refused("SUBJECT_NOT_QUALIFIED"):
        await commit(bureau, visit)


async def test_the_list_is_read_by_page_and_a_white_list_names_its_paper(bureau: Bureau) -> None:
    visit = await bureau.visit()
    codes = await listed(bureau, visit, 3)

    page = await bureau.do("ListInspectionObjects", HEAD, body_id=visit.body_id, page_size=2)
    rest = await bureau.do(
        "ListInspectionObjects", HEAD, body_id=visit.body_id, page_token=page.next_page_token
    )

    found = [o.enterprise.credit_code for o in (*page.inspection_objects, *rest.inspection_objects)]
    assert found == sorted(codes)
    async with bureau.node.refused("MALFORMED") as told:
        await listed(bureau, visit, 1, exempt_from=stamp(START))
    assert told.fields == ["exempt_document"]


async def test_a_draw_is_verified_from_a_file_with_no_node(bureau: Bureau, tmp_path: Path) -> None:
    visit = await bureau.visit(officers=4)
    await listed(bureau, visit, 3)
    draw = await drew(bureau, visit)
    file, forged = tmp_path / "draw.json", tmp_path / "forged.json"
    file.write_text(MessageToJson(draw))
    draw.drawn[0].officer_ids[0] = "O-another"
    forged.write_text(MessageToJson(draw))

    said = [CliRunner().invoke(app, ["draw", "verify", str(path)]) for path in (file, forged)]

    assert [each.exit_code for each in said] == [0, 1]
    assert "一致" in said[0].output and "抽取结果不符" in said[1].output
    made = CliRunner().invoke(app, ["draw", "seed"]).output
    seed, digest = re.search(r"seed: (\S+)", made), re.search(r"SHA-256: (\S+)", made)
    assert seed and digest and seed_hash(seed[1]).hex() == digest[1]


def test_the_algorithm_is_the_one_that_is_written_down() -> None:
    """Worked by hand: SHA-256 of the number, the purpose and the round, modulo the weights that are left."""
    assert pick("0" * 64, "object", {"a": 1, "b": 1, "c": 1}, 3) == ["c", "a", "b"]


def test_risk_weighs() -> None:
    """Of eight to one, over many draws."""
    won = Counter(pick(f"{n:064d}", "object", {"low": 1, "high": 8}, 1)[0] for n in range(900))

    assert 760 < won["high"] < 840
