"""One rule of text and of moments for every field of every request."""

import random
from typing import Any

import grpc
import pytest
from google.protobuf import message_factory
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as clues
from yifa.enforcement.v1 import enforcement_service_pb2 as enforcement
from yifa.enforcement.v1 import evidence_pb2 as evidence
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import officer_pb2 as officers
from yifa.registry.v1 import registry_service_pb2 as registry
from yifa.supervision.v1 import supervision_service_pb2 as supervision

from services.given.people import credit_code, id_number
from services.kit.text import FIRST, LAST, good_text, put_in_order, tidy
from tests.city import City, rid

INVALID = grpc.StatusCode.INVALID_ARGUMENT
UNSEEN = [
    "\0",
    "\x1b",
    "\x07",
    "\x7f",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\u2028",
    "\u3164",
    "\u2060",
    "\U000e0041",
]
NAMES = ["李明", "𡌴𬭎", "葛\U000e0100城", "买买提·吐尔逊", "\U00031350某", "José", "司徒　明", "\ue000某"]
CONTRACTS = [
    enforcement.DESCRIPTOR.services_by_name["EnforcementService"],
    registry.DESCRIPTOR.services_by_name["RegistryService"],
    supervision.DESCRIPTOR.services_by_name["SupervisionService"],
]


def fields_of(message: Any, depth: int = 0) -> Any:
    """A way to set each text and moment of a request, some levels deep."""
    for field in message.DESCRIPTOR.fields:
        if field.type == field.TYPE_STRING:
            yield field.name, field, lambda m: m
        elif field.message_type is not None and not field.message_type.GetOptions().map_entry and depth < 3:
            if field.message_type.full_name == "google.protobuf.Timestamp":
                yield field.name, field, lambda m: m
                continue
            many, name = field.is_repeated, field.name
            inner = message_factory.GetMessageClass(field.message_type)()
            for path, last, way in fields_of(inner, depth + 1):

                def on(m: Any, name: str = name, many: bool = many, way: Any = way) -> Any:
                    return way(getattr(m, name).add() if many else getattr(m, name))

                yield f"{name}{'[0]' if many else ''}.{path}", last, on


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.name)
def test_every_field_of_every_request_is_held(contract: Any) -> None:
    chance, held = random.Random(1), 0
    for method in contract.methods:
        kind = message_factory.GetMessageClass(method.input_type)
        for path, field, way in fields_of(kind()):
            request, many = kind(), field.is_repeated
            if field.type == field.TYPE_STRING:
                bad = f"某{chance.choice(UNSEEN)}人"
                way(request).MergeFrom(type(way(kind()))(**{field.name: [bad] if many else bad}))
            else:
                bad = Timestamp(seconds=chance.choice([FIRST - 1, LAST, -(2**63), 2**63 - 1]))
                way(request).MergeFrom(type(way(kind()))(**{field.name: [bad] if many else bad}))
            assert list(put_in_order(request)) == [f"{path}[0]" if many else path], method.full_name
            held += 1
    assert held > 30


@pytest.mark.parametrize("char", UNSEEN)
def test_a_character_that_nobody_sees_is_named(char: str) -> None:
    wrong = put_in_order(officers.RegisterOfficerRequest(name=f"李{char}明"))

    [(en, zh)] = wrong.values()
    assert f"U+{ord(char):04X}" in en and f"U+{ord(char):04X}" in zh and "第2个字符" in zh


@pytest.mark.parametrize("name", NAMES)
def test_a_rare_character_is_a_name(name: str) -> None:
    request = officers.RegisterOfficerRequest(name=f"\u3000{name} \n")

    assert put_in_order(request) == {}
    assert request.name == tidy(name) and good_text(request.name)


def test_one_form() -> None:
    composed, apart = (officers.RegisterOfficerRequest(name=n) for n in ("Jos\u00e9", " Jose\u0301\u3000"))

    put_in_order(composed)
    put_in_order(apart)

    assert composed == apart


def test_lines_in_a_long_text_only() -> None:
    long = clues.RegisterClueRequest(summary="一行\r\n二行\t三")
    assert put_in_order(long) == {} and long.summary == "一行\n二行\t三"

    assert list(put_in_order(officers.RegisterOfficerRequest(name="李\n明"))) == ["name"]


@pytest.mark.parametrize("day", ["2313-88-02", "2026-02-29", "0000-01-01"])
def test_a_day_is_one_of_the_calendar(day: str) -> None:
    clue = clues.RegisterClueRequest(party=parties.Party(name="示例", birth_date=day))

    assert list(put_in_order(clue)) == ["party.birth_date"]
    clue.party.birth_date = " 2024-02-29 "
    assert put_in_order(clue) == {} and clue.party.birth_date == "2024-02-29"


def test_blanks_in_a_list_are_nothing() -> None:
    request = evidence.RecordEvidenceRequest(collector_ids=["O-1", " ", "\u3000"])

    assert put_in_order(request) == {}
    assert list(request.collector_ids) == ["O-1"]


@pytest.mark.parametrize(
    ("seconds", "nanos"), [(0, -1), (0, 10**9), (FIRST - 1, 0), (LAST, 0), (-(2**62), 0)]
)
async def test_a_moment_out_of_range(city: City, seconds: int, nanos: int) -> None:
    occurred = penalties.Violation(title="示例", occur_time=Timestamp(seconds=seconds, nanos=nanos))
    clue = clues.RegisterClueRequest(
        request_id=rid(),
        body_id="B-1",
        source=cases.CLUE_SOURCE_INSPECTION,
        summary="线索",
        party=parties.Party(kind=parties.PARTY_KIND_CITIZEN, name="示例"),
        violation=occurred,
    )

    with city.refused("MALFORMED", code=INVALID) as told:
        await city.stub("huanbao", "enforcement").RegisterClue(
            clue, metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD")
        )
    assert told.fields == ["violation.occur_time"]


async def test_blanks_alone_are_empty(city: City) -> None:
    body = await city.body()
    request = officers.RegisterOfficerRequest(
        request_id=rid(), name=" \u3000\u00a0", id_number=id_number(900), body_id=body.body_id, staff_kind=1
    )

    with city.refused("MALFORMED", code=INVALID) as told:
        await city.stub("huanbao", "registry").RegisterOfficer(
            request, metadata=city.as_("huanbao", "clerk-1", "ROSTER_CLERK")
        )
    assert "name" in told.fields


async def test_the_same_request_in_another_spelling_is_the_same(city: City) -> None:
    """Blanks around and another form of a letter make no new request."""
    registrar, stub = city.as_("city", "registrar-1", "REGISTRAR"), city.stub("city", "registry")
    told = {
        "request_id": rid(),
        "unified_social_credit_code": credit_code(950_001),
        "kind": 1,
        "node": "huanbao",
        "document_prefix": "示罚乙",
        "field": "生态环境",
    }

    first = await stub.ConfirmBody(bodies.ConfirmBodyRequest(name="示例\u00e9", **told), metadata=registrar)
    again = await stub.ConfirmBody(
        bodies.ConfirmBodyRequest(name=" 示例e\u0301\u3000", **told), metadata=registrar
    )

    assert first == again and first.body.name == "示例\u00e9"


@pytest.mark.parametrize("value", [99, -1, 2**31 - 1])
def test_a_choice_that_the_contract_does_not_name(value: int) -> None:
    """In a single call and in a list alike."""
    from yifa.registry.v1 import bulk_pb2 as bulk

    assert list(put_in_order(bodies.ConfirmBodyRequest(kind=value))) == ["kind"]  # type: ignore[arg-type]
    rows = bulk.ImportBodiesRequest(rows=[bulk.BodyRow(line=1), bulk.BodyRow(line=2, kind=value)])  # type: ignore[arg-type]
    assert list(put_in_order(rows)) == ["rows[1].kind"]


@pytest.mark.parametrize("name", ["\U000e0100", "\ufe0f李", "李 \U000e0100明", "葛\U000e0100\U000e0101"])
def test_a_variant_of_nothing_is_no_name(name: str) -> None:
    """A selector stands behind the character that it varies, once."""
    assert list(put_in_order(officers.RegisterOfficerRequest(name=name))) == ["name"]
