"""The role that lets a caller in is the one that is admitted, at this node; a token says who it is for in one form."""

from pathlib import Path
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.journal.v1 import entry_pb2 as entries
from yifa.journal.v1 import node_pb2 as nodes
from yifa.journal.v1 import parked_pb2 as parked
from yifa.law.v1 import options_pb2
from yifa.notifications.v1 import contact_pb2 as contacts
from yifa.registry.v1 import points_pb2, registry_service_pb2

from services.kit.access import Gate, access_of
from services.kit.words import ROLES
from tests.city import City, rid
from tests.issuing import issuing, signed_by

Role = options_pb2.Role
DENIED = grpc.StatusCode.PERMISSION_DENIED
UNKNOWN = grpc.StatusCode.UNAUTHENTICATED
GET_CASE = case_pb2.GetCaseRequest(case_id="C-1")


@pytest.mark.parametrize("lets_in", ["PUBLIC", "SYSTEM"])
async def test_a_visiting_role_lends_no_right_to_another(city: City, lets_in: str) -> None:
    """A department's token that may also visit writes nothing at another department."""
    contact = contacts.SetContactRequest(
        request_id=rid(), recipient="role:AGENCY_HEAD", email="a@example.org"
    )
    both = city.as_("chengguan", "clerk-1", "ROSTER_CLERK", lets_in)

    with city.refused("OTHER_DEPARTMENT", code=DENIED) as told:
        await city.stub("huanbao", "notifications").SetContact(contact, metadata=both)

    assert told.metadata["token_node"] == "chengguan"


@pytest.mark.parametrize("node", ["chengguan", "city"])
async def test_a_machine_of_another_node_sees_no_records(city: City, node: str) -> None:
    with city.refused("OTHER_DEPARTMENT", code=DENIED):
        await city.stub("huanbao", "enforcement").GetCase(GET_CASE, metadata=city.as_(node, "m-1", "SYSTEM"))


async def test_a_machine_of_another_department_operates_nothing(city: City) -> None:
    metadata, desk = city.as_("chengguan", "m-1", "SYSTEM"), city.stub("huanbao", "journal")

    with city.refused("OTHER_DEPARTMENT", code=DENIED):
        await desk.GetNodeStatus(nodes.GetNodeStatusRequest(), metadata=metadata)
    with city.refused("OTHER_DEPARTMENT", code=DENIED):
        await desk.Read(entries.ReadRequest(service="enforcement", from_seq=1), metadata=metadata).read()
    with city.refused("OTHER_DEPARTMENT", code=DENIED):
        await desk.DiscardParked(
            parked.DiscardParkedRequest(service="enforcement", event_id="E-1"), metadata=metadata
        )


async def test_the_citys_machines_operate_departments(city: City) -> None:
    asked = nodes.GetNodeStatusRequest()

    status = await city.stub("huanbao", "journal").GetNodeStatus(
        asked, metadata=city.as_("city", "console", "SYSTEM")
    )

    assert status.node == "huanbao"


@pytest.mark.parametrize("role", ["FINANCE", "ROSTER_CLERK", "HANDLING_OFFICER", "CLERK"])
async def test_of_the_citys_people_only_who_oversees_reads_cases(city: City, role: str) -> None:
    cases = city.stub("huanbao", "enforcement")

    with city.refused("OTHER_DEPARTMENT", code=DENIED):
        await cases.GetCase(GET_CASE, metadata=city.as_("city", "person-1", role))
    with city.refused("NOT_FOUND"):
        await cases.GetCase(GET_CASE, metadata=city.as_("city", "person-1", "OVERSIGHT"))


@pytest.mark.parametrize("more", ["CLERK", "FINANCE", "LEGAL_REVIEWER"])
async def test_another_role_does_not_open_another_officers_points(city: City, more: str) -> None:
    """What only lets others in elsewhere is no right here."""
    asked = points_pb2.GetOfficerPointsRequest(officer_id="O-another")
    officer = city.as_("huanbao", "O-1", "HANDLING_OFFICER", more)

    with city.refused("NOT_OWN_POINTS", code=DENIED):
        await city.stub("huanbao", "registry").GetOfficerPoints(asked, metadata=officer)


def test_every_combination_of_roles_is_admitted_as_those_that_count(tmp_path: Path) -> None:
    """Over all methods and pairs of roles: what is handed on is held, asked for, and counts at this node."""
    gate = Gate(issuing(tmp_path), "huanbao", "city")
    contract = registry_service_pb2.DESCRIPTOR.services_by_name["RegistryService"]
    for method in contract.methods:
        for writes in (False, True):
            access = access_of(method, writes)
            for a in ROLES:
                for b in ROLES:
                    held = frozenset({Role.Value(f"ROLE_{a}"), Role.Value(f"ROLE_{b}")})
                    for node in ("huanbao", "city", "chengguan"):
                        counted = admitted(gate, held, node, access)
                        assert counted <= held & access.roles
                        if node == "chengguan":
                            assert counted <= {Role.ROLE_PUBLIC}
                        if node == "city" and writes:
                            assert counted <= {Role.ROLE_PUBLIC}


def admitted(gate: Gate, held: frozenset[int], node: str, access: Any) -> frozenset[int]:
    from services.kit.access import Caller
    from services.kit.refusal import Denied

    try:
        return gate.counting(Caller("x", "", node, held), access)
    except Denied:
        return frozenset()


def test_every_role_has_its_titles() -> None:
    assert {f"ROLE_{name}" for name in ROLES} == set(Role.keys()) - {"ROLE_UNSPECIFIED"}


GOOD = {"sub": "unit-1", "name": "某人", "node": "huanbao", "roles": ["UNIT_HEAD"]}
BAD_CLAIMS: list[tuple[str, Any]] = [
    ("node", 3),
    ("node", ""),
    ("node", ["huanbao"]),
    ("node", "huanbao "),
    ("sub", ""),
    ("sub", " "),
    ("sub", "unit-1 "),
    ("sub", "\u3000unit-1"),
    ("sub", "unit\u200b-1"),
    ("sub", "unit-1\n"),
    ("sub", "e\u0301"),
    ("sub", "system:enforcement"),
    ("sub", 7),
    ("sub", None),
    ("name", " 某人"),
    ("name", "某\u202e人"),
    ("name", {"a": 1}),
    ("roles", "UNIT_HEAD"),
    ("roles", 3),
    ("roles", [3]),
    ("roles", None),
    ("roles", ["NO_SUCH"]),
    ("roles", ["UNSPECIFIED"]),
    ("roles", [["UNIT_HEAD"]]),
    ("roles", {"UNIT_HEAD": 1}),
    ("exp", "tomorrow"),
    ("iat", True),
    ("exp", [2**33]),
    ("exp", float("inf")),
    ("exp", float("nan")),
    ("iat", "today"),
    ("iat", None),
    ("iat", float("-inf")),
    ("jti", 7),
    ("jti", ""),
    ("jti", ["J-1"]),
    ("node", "chengguan"),
    ("node", "city"),
    ("node", "nowhere"),
    ("aud", ["show"]),
]


@pytest.mark.parametrize(("claim", "value"), BAD_CLAIMS)
async def test_a_claim_that_is_not_of_its_type(city: City, claim: str, value: Any) -> None:
    token = signed_by(city.plan.token_key("huanbao").read_bytes(), "huanbao", **GOOD | {claim: value})

    with city.refused("TOKEN_INVALID", code=UNKNOWN):
        await city.stub("huanbao", "enforcement").GetCase(
            GET_CASE, metadata=(("authorization", f"Bearer {token}"),)
        )


async def test_a_missing_role_is_named_in_words(city: City) -> None:
    """The sentences have titles, the codes are in the metadata."""
    with city.refused("ROLE_REQUIRED", code=DENIED) as told:
        await city.stub("huanbao", "enforcement").GetCase(
            GET_CASE, metadata=city.as_("huanbao", "p-1", "REGISTRAR")
        )

    assert "承办执法人员" in told.zh and "HANDLING_OFFICER" not in told.zh + told.en
    assert "HANDLING_OFFICER" in told.metadata["roles"].split(",")
