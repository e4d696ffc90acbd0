"""What refuses a single registration refuses the same row of a list: every rule and every field, through both doors."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from google.type import date_pb2
from yifa.registry.v1 import body_pb2, bulk_pb2, officer_pb2, post_pb2, reason_pb2
from yifa.registry.v1.training_pb2 import RecordTrainingRequest

from services.given.people import credit_code
from services.law.procedures.body import PROPOSAL, prefix_own
from services.law.procedures.officer import ROSTER
from services.law.rule import Rule
from tests.city import read_refusal
from tests.registry.lists import number_of, people
from tests.registry.town import CITY, SERIAL, Town

NODE = "huanbao"
Fields = dict[str, Any]
Make = Callable[[Town], Awaitable[Fields]]
# What a row calls a field of the single request.
NAMED = {"body_id": "body", "officer_id": "officer", "unit_id": "unit"}


@dataclass(frozen=True)
class Door:
    """A list and the act that it does for each row: a lawful entry, how it is entered alone, and the row."""

    make: Make
    alone: Callable[[Town, Fields], Awaitable[Any]]
    rpc: str
    row: Any
    node: str = NODE
    role: str = "ROSTER_CLERK"


async def officer(town: Town) -> Fields:
    [n] = people(1)
    return {
        "name": "示例人员",
        "id_number": number_of(n),
        "body_id": (await town.body()).body_id,
        "unit": "执法大队",
        "post": "执法岗",
        "staff_kind": officer_pb2.STAFF_KIND_PERMANENT,
    }


async def body(_town: Town) -> Fields:
    return {
        "name": "示例机关",
        "unified_social_credit_code": credit_code(n := next(SERIAL)),
        "kind": body_pb2.BODY_KIND_AGENCY,
        "node": NODE,
        "document_prefix": f"示罚{n}",
        "field": "生态环境",
    }


async def post(town: Town) -> Fields:
    return {
        "body_id": (await town.body()).body_id,
        "unit": f"执法大队{next(SERIAL)}",
        "functions": "执法检查",
        "name": "执法岗",
        "rank": post_pb2.POST_RANK_UNIT_HEAD,
    }


async def training(town: Town) -> Fields:
    registered = await town.register(await town.body())
    return {"officer_id": registered.officer_id, "course": "岗前培训", "hours": 60, "half_days": 2}


def by(
    rpc: str, kind: Any, role: str = "ROSTER_CLERK", node: str = NODE
) -> Callable[[Town, Fields], Awaitable[Any]]:
    async def alone(town: Town, fields: Fields) -> Any:
        return await town.call(node, "registry", rpc, kind(**fields), role)

    return alone


async def define(town: Town, fields: Fields) -> None:
    """The unit, and the post in it."""
    unit = {"body_id": fields["body_id"], "name": fields["unit"], "functions": fields["functions"]}
    made = (await by("DefineUnit", post_pb2.DefineUnitRequest)(town, unit)).unit
    place = {"unit_id": made.unit_id, "name": fields["name"], "rank": fields["rank"]}
    await by("DefinePost", post_pb2.DefinePostRequest)(town, place)


DOORS: Mapping[str, Door] = {
    "officers": Door(
        officer, by("RegisterOfficer", officer_pb2.RegisterOfficerRequest), "ImportOfficers", bulk_pb2.OfficerRow
    ),
    "bodies": Door(
        body, by("ConfirmBody", body_pb2.ConfirmBodyRequest, "REGISTRAR", CITY), "ImportBodies", bulk_pb2.BodyRow,
        CITY, "REGISTRAR",
    ),
    "posts": Door(post, define, "ImportPosts", bulk_pb2.PostRow),
    "training": Door(training, by("RecordTraining", RecordTrainingRequest), "ImportTraining", bulk_pb2.TrainingRow),
}  # fmt: skip


async def listed(town: Town, door: Door, fields: Fields) -> set[tuple[str, str]]:
    """The field and reason of each problem of the same entry as the only row of a list."""
    row = door.row(line=2, **{NAMED.get(name, name): value for name, value in fields.items()})
    if door.row is bulk_pb2.TrainingRow:
        row.date.CopyFrom(date_pb2.Date(year=2026, month=3, day=2))
    request = getattr(bulk_pb2, f"{door.rpc}Request")(rows=[row])
    stub = town.city.stub(door.node, "registry")
    metadata = town.city.as_(door.node, "clerk-1", door.role)
    [reply] = [r async for r in getattr(stub, door.rpc)(iter([request]), metadata=metadata, timeout=20)]
    assert reply.added == (0 if reply.problems else 1), reply
    name = reason_pb2.Reason.Name
    return {(p.field, name(p.reason).removeprefix("REASON_")) for p in reply.problems}


# What breaks each rule that the single act is asked, in the entry.


async def _unannounced(town: Town, fields: Fields) -> None:
    proposed = await town.body()
    withdrawal = body_pb2.WithdrawBodyRequest(body_id=proposed.body_id, cause="机构撤并")
    await town.call(CITY, "registry", "WithdrawBody", withdrawal, "REGISTRAR")
    await town.seen(lambda: town.get_body(NODE, proposed.body_id), lambda b: b.state != proposed.state)
    fields["body_id"] = proposed.body_id


async def _elsewhere(town: Town, fields: Fields) -> None:
    other = await town.body("chengguan")
    await town.seen(lambda: town.get_body(NODE, other.body_id), lambda reply: True)
    fields["body_id"] = other.body_id


async def _contract(_town: Town, fields: Fields) -> None:
    fields["staff_kind"] = officer_pb2.STAFF_KIND_CONTRACT


async def _entrusted(_town: Town, fields: Fields) -> None:
    fields["kind"] = body_pb2.BODY_KIND_ENTRUSTED


async def _same_prefix(town: Town, fields: Fields) -> None:
    fields["document_prefix"] = (await town.body()).document_prefix


async def _other_roster(town: Town, fields: Fields) -> None:
    other = await town.register(await town.body("chengguan"))
    fields["officer_id"] = other.officer_id


async def _left(town: Town, fields: Fields) -> None:
    leaving = officer_pb2.RecordLeavingRequest(
        officer_id=fields["officer_id"], cause=officer_pb2.LEAVE_CAUSE_RESIGNATION
    )
    await town.call(NODE, "registry", "RecordLeaving", leaving, "ROSTER_CLERK")


BREAKS: Mapping[tuple[str, str], Callable[[Town, Fields], Awaitable[None]]] = {
    ("officers", "body_confirmed"): _unannounced,
    ("officers", "body_of_this_department"): _elsewhere,
    ("officers", "permanent_staff"): _contract,
    ("posts", "body_confirmed"): _unannounced,
    ("posts", "body_of_this_department"): _elsewhere,
    ("bodies", "mandate_given"): _entrusted,
    ("bodies", "prefix_own"): _same_prefix,
    ("training", "on_this_roster"): _other_roster,
    ("training", "still_serving"): _left,
}
RULES: Mapping[str, tuple[Rule, ...]] = {
    "officers": ROSTER.named("REGISTER_OFFICER").rules,
    "posts": ROSTER.named("DEFINE_UNIT").rules,
    "bodies": (*PROPOSAL, prefix_own),
    "training": ROSTER.named("RECORD_TRAINING").rules,
}
# A row carries no document of entrustment, nor duties or items of a post, so nothing in one breaks what is asked of them.
NOT_IN_A_ROW = {"mandate_lasts", "mandated_by_agency", "mandate_inside", "no_coercion"}
PAIRS = [
    (name, rule) for name, rules in RULES.items() for rule in rules if rule.holds.__name__ not in NOT_IN_A_ROW
]
WRONG: Mapping[str, tuple[Any, ...]] = {
    "name": ("", " ", "示\u202e例", "长" * 201),
    "unit": ("", " ", "大\n队", "长" * 101),
    "post": ("", " ", "岗\x00位", "长" * 101),
    "functions": ("", " "),
    "course": ("", " ", "训\u200b练", "长" * 201),
    "field": ("", " ", "长" * 41),
    "document_prefix": ("", " ", "长" * 21),
    "node": ("", "NO NODE", "长" * 33),
    "id_number": ("", "1", "440703199001010010", "44070319900230001X"),
    "unified_social_credit_code": ("", "1", "11440700000000000X"),
    "staff_kind": (0, 99),
    "kind": (0, 99),
    "rank": (0, 99),
    "hours": (0, -1, 401),
    "half_days": (-1, 121),
    "body_id": ("", "B-none"),
    "officer_id": ("", "O-none"),
}
SHAPES = {
    "officers": ("name", "id_number", "body_id", "unit", "post", "staff_kind"),
    "bodies": ("name", "unified_social_credit_code", "kind", "node", "document_prefix", "field"),
    "posts": ("body_id", "unit", "functions", "name", "rank"),
    "training": ("officer_id", "course", "hours", "half_days"),
}
VALUES = [
    (name, field, value) for name, fields in SHAPES.items() for field in fields for value in WRONG[field]
]


@pytest.mark.parametrize("name", DOORS)
async def test_a_lawful_entry_passes_both_doors(town: Town, name: str) -> None:
    door = DOORS[name]

    assert await listed(town, door, await door.make(town)) == set()
    await door.alone(town, await door.make(town))


@pytest.mark.parametrize(("name", "rule"), PAIRS, ids=[f"{n}-{r.holds.__name__}" for n, r in PAIRS])
async def test_a_broken_rule_refuses_the_entry_at_both(town: Town, name: str, rule: Rule) -> None:
    door = DOORS[name]
    fields = await door.make(town)
    await BREAKS[name, rule.holds.__name__](town, fields)

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await door.alone(town, fields)
    problems = await listed(town, door, fields)

    refusal = read_refusal(no.value)
    # who is of another roster is not known by a list of this one at all
    unknown = {"UNKNOWN_OFFICER"} if rule.holds.__name__ == "on_this_roster" else set()
    assert rule.reason in refusal.violations or refusal.code is grpc.StatusCode.NOT_FOUND
    assert {rule.reason, *unknown} & {reason for _, reason in problems}, (refusal, problems)


@pytest.mark.parametrize(("name", "field", "value"), VALUES, ids=lambda v: repr(v)[:24])
async def test_a_wrong_field_refuses_the_entry_at_both(town: Town, name: str, field: str, value: Any) -> None:
    door = DOORS[name]
    fields = await door.make(town) | {field: value}

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await door.alone(town, fields)
    problems = await listed(town, door, fields)

    assert read_refusal(no.value).code in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND)
    assert NAMED.get(field, field) in {named for named, _ in problems}, problems


def test_every_rule_and_every_field_of_a_row_is_tried() -> None:
    assert {(name, rule.holds.__name__) for name, rule in PAIRS} == BREAKS.keys()
    for name, door in DOORS.items():
        tried = {NAMED.get(field, field) for field in SHAPES[name]}
        of_row = {f.name for f in door.row.DESCRIPTOR.fields} - {"line", "birth_date", "date", "sensitive"}
        assert tried == of_row
