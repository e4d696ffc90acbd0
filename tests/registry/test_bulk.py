"""Whole lists of officers over the stream: what is kept, what is named, what the city learns."""

from typing import Any

import grpc
import pytest
from google.type import date_pb2
from yifa.registry.v1 import body_pb2 as pb
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2, post_pb2, reason_pb2
from yifa.registry.v1.officer_pb2 import LEAVE_CAUSE_RESIGNATION, RecordLeavingRequest

from services.registry.officer.model import OFFICERS, Officer, officer_announced
from tests.registry.lists import number_of, people, row
from tests.registry.town import CITY, Town


async def bring(town: Town, *parts: list[Any], dry_run: bool = False, **who: Any) -> list[Any]:
    """Send the parts of a list on one stream; the answers."""
    requests = [bulk.ImportOfficersRequest(rows=rows, dry_run=dry_run) for rows in parts]
    metadata = town.city.as_(who.get("of", "huanbao"), "clerk-1", who.get("role", "ROSTER_CLERK"))
    stub = town.city.stub(who.get("node", "huanbao"), "registry")
    return [reply async for reply in stub.ImportOfficers(iter(requests), metadata=metadata, timeout=20)]


def named(replies: list[Any]) -> list[tuple[int, str, str]]:
    """Line, field and reason of every problem."""
    problems = [p for reply in replies for p in reply.problems]
    assert all((p.zh and p.en and p.en.isascii()) or '"' in p.en for p in problems)
    return [(p.line, p.field, reason_pb2.Reason.Name(p.reason).removeprefix("REASON_")) for p in problems]


async def roster(town: Town, node: str, body_id: str) -> list[officer_pb2.Officer]:
    request = bulk.ExportOfficersRequest(body_id=body_id)
    metadata = town.city.as_(CITY, "registrar-1", "REGISTRAR")
    stream = town.city.stub(node, "registry").ExportOfficers(request, metadata=metadata)
    return [officer async for reply in stream for officer in reply.officers]


async def test_the_city_learns_of_every_officer_of_a_list(town: Town) -> None:
    body = await town.body()
    numbers = list(people(700))

    replies = await bring(
        town, [row(n, body.name) for n in numbers[:400]], [row(n, body.name) for n in numbers[400:]]
    )

    assert [reply.added for reply in replies] == [400, 300]
    at_city = await town.seen(lambda: roster(town, CITY, body.body_id), lambda found: len(found) == 700)
    assert {o.name for o in at_city} == {f"示例人员{n}" for n in numbers}
    assert not any(o.id_number for o in at_city), "the id number stays at the department"
    assert all("***" in o.id_number for o in await roster(town, "huanbao", body.body_id))
    officer = at_city[-1]
    known = await town.known("huanbao", officer, "TRAINING")
    assert known.officer == (await town.get_officer("huanbao", officer)).officer


async def test_an_imported_officer_goes_the_way_of_every_officer(town: Town) -> None:
    body = await town.body()
    await bring(town, [row(n, body.unified_social_credit_code) for n in people(1)])
    [officer] = await roster(town, "huanbao", body.body_id)

    await town.train(officer)
    await town.known(CITY, officer, "EXAM_READY")
    await town.examine(officer, 90)
    certificate = await town.issue(officer)

    assert (await town.verify(certificate)).valid


async def test_the_same_list_again_adds_nothing(town: Town) -> None:
    body = await town.body()
    rows = [row(n, body.name) for n in people(30)]
    await bring(town, rows[:20])
    before = await lists_in(town)

    [again, rest] = await bring(town, rows[:20], rows[10:])

    assert (again.added, again.unchanged, list(again.problems)) == (0, 20, [])
    assert (rest.added, rest.unchanged, list(rest.problems)) == (10, 10, [])
    assert await lists_in(town) == before + 1
    assert len(await roster(town, "huanbao", body.body_id)) == 30


async def test_every_bad_row_is_named_and_every_good_one_kept(town: Town) -> None:
    body = await town.body()
    elsewhere = await town.body("chengguan")
    await town.seen(lambda: town.get_body("huanbao", elsewhere.body_id), lambda reply: True)
    withdrawn = await town.body()
    await town.call(
        CITY,
        "registry",
        "WithdrawBody",
        pb.WithdrawBodyRequest(body_id=withdrawn.body_id, cause="机构撤并"),
        "REGISTRAR",
    )
    await town.seen(lambda: town.get_body("huanbao", withdrawn.body_id), lambda b: b.state != body.state)
    [known, *n] = people(13)
    await bring(town, [row(known, body.name)])
    wrong_digit = number_of(n[1])[:-1] + ("0" if number_of(n[1])[-1] != "0" else "1")
    other_birth = row(n[9], body.name)
    other_birth.birth_date.CopyFrom(date_pb2.Date(year=1990, month=2, day=30))

    rows = [
        row(n[0], body.name),
        row(n[1], body.name, id_number=wrong_digit),
        row(n[0], body.name, line=900_000),
        row(known, body.name, post="办案岗", line=900_001),
        row(n[2], "没有这个机关"),
        row(n[3], elsewhere.name),
        row(n[4], withdrawn.name),
        row(n[5], body.name, staff_kind=officer_pb2.STAFF_KIND_CONTRACT),
        row(n[6], body.name, name=" "),
        row(n[7], body.name, unit="很" * 101),
        row(n[8], body.name, post="岗\n位"),
        other_birth,
        row(n[10], body.name, id_number=number_of(n[10]).lower()),
    ]
    [reply] = await bring(town, rows)

    assert named([reply]) == [
        (rows[1].line, "id_number", "BAD_ID_NUMBER"),
        (900_000, "id_number", "DUPLICATE_IN_FILE"),
        (900_001, "post", "ROW_DIFFERS"),
        (rows[4].line, "body", "UNKNOWN_BODY"),
        (rows[5].line, "body", "SUBJECT_NOT_QUALIFIED"),
        (rows[6].line, "body", "SUBJECT_NOT_QUALIFIED"),
        (rows[7].line, "staff_kind", "NOT_ELIGIBLE_STAFF"),
        (rows[8].line, "name", "BAD_FIELD"),
        (rows[9].line, "unit", "BAD_FIELD"),
        (rows[10].line, "post", "BAD_FIELD"),
        (rows[11].line, "birth_date", "BIRTH_DATE_DIFFERS"),
    ]
    assert (reply.added, reply.unchanged) == (2, 0)
    assert len(await roster(town, "huanbao", body.body_id)) == 3


@pytest.mark.parametrize("char", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\u3164", "\0", "\x1b"])
async def test_a_character_that_nobody_sees_is_named_in_its_row(town: Town, char: str) -> None:
    """The other rows are kept; a rare ideograph and one with a variant are names."""
    body = await town.body()
    bad, *good = people(4)
    names = (f"李{char}明", "𡌴𬭎", "葛\U000e0100城", "\u3000王五 ")
    rows = [row(n, body.name, name=name) for n, name in zip((bad, *good), names, strict=True)]

    [reply] = await bring(town, rows)

    assert named([reply]) == [(rows[0].line, "name", "BAD_FIELD")]
    assert f"U+{ord(char):04X}" in reply.problems[0].zh and f"U+{ord(char):04X}" in reply.problems[0].en
    kept = {o.name for o in await roster(town, "huanbao", body.body_id)}
    assert kept == {"𡌴𬭎", "葛\U000e0100城", "王五"}


async def test_parts_that_are_sent_ahead_are_answered_in_their_order(town: Town) -> None:
    body = await town.body()
    rows = [row(n, body.name) for n in people(30)]
    again = row(0, body.name, id_number=rows[0].id_number, line=700_000)
    stub = town.city.stub("huanbao", "registry")
    call = stub.ImportOfficers(metadata=town.city.as_("huanbao", "clerk-1", "ROSTER_CLERK"), timeout=20)

    for part in (rows[:5], rows[5:12], [*rows[12:], again]):
        await call.write(bulk.ImportOfficersRequest(rows=part))
    await call.done_writing()
    replies = [reply async for reply in call]

    assert [reply.added for reply in replies] == [5, 7, 18]
    assert named(replies) == [(700_000, "id_number", "DUPLICATE_IN_FILE")]
    assert len(await roster(town, "huanbao", body.body_id)) == 30


async def test_a_row_may_be_wrong_in_more_than_one_way(town: Town) -> None:
    [reply] = await bring(town, [row(n, "没有这个机关", name="", id_number="1") for n in people(1)])

    assert [field for _, field, _ in named([reply])] == ["name", "id_number", "body"]


async def test_a_dry_run_tells_and_keeps_nothing(town: Town) -> None:
    body = await town.body()
    rows = [row(n, body.name) for n in people(5)]
    before = await lists_in(town)

    replies = await bring(town, rows, [rows[0], row(0, body.name, id_number="0")], dry_run=True)

    assert [reply.added for reply in replies] == [5, 1]
    assert [reason for _, _, reason in named(replies)] == ["BAD_ID_NUMBER"]
    assert await roster(town, "huanbao", body.body_id) == []
    assert await lists_in(town) == before


async def lists_in(town: Town) -> int:
    """How many parts of lists the department's journal tells of."""
    return sum(e.type.endswith("OfficersImported") for e in await town.journal("huanbao", "registry"))


async def test_one_person_twice_in_a_part_without_lines_is_one_officer(town: Town) -> None:
    body = await town.body()
    [n] = people(1)

    [reply] = await bring(town, [row(n, body.name, line=0), row(n, body.name, line=0)])

    assert (reply.added, reply.unchanged) == (1, 1)
    assert len(await roster(town, "huanbao", body.body_id)) == 1


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ({"role": "HANDLING_OFFICER"}, "ROLE_REQUIRED", grpc.StatusCode.PERMISSION_DENIED),
        ({"of": "chengguan"}, "OTHER_DEPARTMENT", grpc.StatusCode.PERMISSION_DENIED),
        ({"of": CITY}, "OTHER_DEPARTMENT", grpc.StatusCode.PERMISSION_DENIED),
        ({"node": CITY, "of": CITY}, "NOT_HOME", grpc.StatusCode.FAILED_PRECONDITION),
    ],
)
async def test_only_the_roster_s_own_clerk_brings_a_list(
    town: Town, who: dict[str, str], reason: str, code: grpc.StatusCode
) -> None:
    with town.refused(reason, code):
        await bring(town, [row(0, "示例")], **who)


async def test_an_answer_does_not_outgrow_a_message(town: Town) -> None:
    rows = [row(n, "很长的名称" * 500) for n in people(500)]

    [reply] = await bring(town, rows)

    assert len(reply.problems) == 500 and reply.ByteSize() < 500_000


async def test_a_part_beyond_the_limit_is_malformed(town: Town) -> None:
    with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT):
        await bring(town, [row(n, "示例") for n in range(501)])


async def test_what_is_announced_of_a_list_is_what_is_announced_of_one(town: Town) -> None:
    body = await town.body()
    await bring(town, [row(n, body.name) for n in people(2)])
    entries = await town.journal("huanbao", "registry")

    [imported] = [e for e in entries if e.type.endswith("OfficersImported")][-1:]

    for officer in events.OfficersImported.FromString(imported.data).officers:
        node = town.city.nodes["huanbao"].running("registry")
        [kept] = node.rows(OFFICERS.where(Officer.officer_id == officer.officer_id))
        assert officer == officer_announced(kept)


async def test_a_body_that_has_set_its_posts_has_no_others(town: Town) -> None:
    body = await town.body()
    define = post_pb2.DefineUnitRequest(body_id=body.body_id, name="执法大队", functions="现场检查")
    unit = (await town.call("huanbao", "registry", "DefineUnit", define, "ROSTER_CLERK")).unit
    staff = post_pb2.POST_RANK_STAFF
    post = post_pb2.DefinePostRequest(unit_id=unit.unit_id, name="办案岗", rank=staff)
    await town.call("huanbao", "registry", "DefinePost", post, "ROSTER_CLERK")
    one, other = people(2)

    [reply] = await bring(
        town, [row(one, body.name, post="办案岗"), row(other, body.name, post="不存在的岗")]
    )

    assert named([reply]) == [(other + 2, "post", "UNKNOWN_POST")]
    assert reply.added == 1 and "办案岗" in reply.problems[0].zh


async def test_a_caller_who_leaves_keeps_what_was_answered(town: Town) -> None:
    body = await town.body()
    first, second = ([row(n, body.name) for n in people(20)] for _ in range(2))
    stub = town.city.stub("huanbao", "registry")
    call = stub.ImportOfficers(metadata=town.city.as_("huanbao", "clerk-1", "ROSTER_CLERK"))
    await call.write(bulk.ImportOfficersRequest(rows=first))
    assert (await call.read()).added == 20

    call.cancel()
    [reply, _] = await bring(town, first, second)

    assert (reply.added, reply.unchanged) == (0, 20)
    assert len(await roster(town, "huanbao", body.body_id)) == 40


async def test_who_has_left_is_not_taken_for_somebody_there(town: Town) -> None:
    body = await town.body()
    [n] = people(1)
    await bring(town, [row(n, body.name)])
    [officer] = await roster(town, "huanbao", body.body_id)
    leaving = RecordLeavingRequest(officer_id=officer.officer_id, cause=LEAVE_CAUSE_RESIGNATION)
    await town.call("huanbao", "registry", "RecordLeaving", leaving, "ROSTER_CLERK")

    [again] = await bring(town, [row(n, body.name)])

    assert named([again]) == [(n + 2, "id_number", "OFFICER_HAS_LEFT")]
    assert (again.added, again.unchanged) == (0, 0)
