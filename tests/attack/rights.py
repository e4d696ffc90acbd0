"""Roles and nodes: calls over gRPC with a good token that gives no right."""

from collections.abc import Callable
from functools import partial
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.journal.v1 import entry_pb2 as entries
from yifa.journal.v1 import node_pb2 as nodes
from yifa.journal.v1 import parked_pb2 as parked
from yifa.notifications.v1 import contact_pb2 as contacts
from yifa.registry.v1 import body_pb2 as bodies
from yifa.supervision.v1 import case_view_pb2 as views

from services.given.people import credit_code
from services.kit.security import Kind
from tests.attack.attack import Attack, Scene
from tests.city import rid

H, CITY = "huanbao", "city"
REGISTRY, ENFORCEMENT = "/yifa.registry.v1.RegistryService", "/yifa.enforcement.v1.EnforcementService"
SUPERVISION, JOURNAL = "/yifa.supervision.v1.SupervisionService", "/yifa.journal.v1.JournalService"
CONTACT = "/yifa.notifications.v1.NotificationsService/SetContact"


async def asked(
    node: str, path: str, make: Callable[[Scene], Any], of: str, roles: tuple[str, ...], scene: Scene
) -> str:
    """A call by somebody of a node."""
    return await scene.call(node, path, make(scene), scene.city.as_(of, scene.fresh(), *roles))


def case(case_id: str = "C-1") -> Callable[[Scene], Any]:
    return lambda _: cases.GetCaseRequest(case_id=case_id)


def body_named(**other: Any) -> Callable[[Scene], Any]:
    """A body that would be confirmed but for one field."""

    def make(scene: Scene) -> Any:
        fields = {
            "request_id": rid(),
            "name": "示例机关",
            "unified_social_credit_code": credit_code(930_000),
            "kind": 1,
            "node": H,
            "document_prefix": "示罚乙",
            "field": "生态环境",
        }
        return bodies.ConfirmBodyRequest(**(fields | other))

    return make


GET_CASE, READ = f"{ENFORCEMENT}/GetCase", f"{JOURNAL}/Read"
DENIED = {"ROLE_REQUIRED": Kind.ROLE, "OTHER_DEPARTMENT": Kind.NODE}
WRONG: tuple[tuple[str, str, str, Callable[[Scene], Any], str, tuple[str, ...], str], ...] = (
    (
        "a head retries what is parked",
        H,
        f"{JOURNAL}/RetryParked",
        lambda _: parked.RetryParkedRequest(),
        H,
        ("AGENCY_HEAD",),
        "ROLE_REQUIRED",
    ),
    (
        "a head discards what is parked",
        H,
        f"{JOURNAL}/DiscardParked",
        lambda _: parked.DiscardParkedRequest(),
        H,
        ("AGENCY_HEAD",),
        "ROLE_REQUIRED",
    ),
    (
        "a head reads the journal",
        H,
        READ,
        lambda _: entries.ReadRequest(),
        H,
        ("AGENCY_HEAD",),
        "ROLE_REQUIRED",
    ),
    (
        "a registrar reads the journal",
        CITY,
        READ,
        lambda _: entries.ReadRequest(),
        CITY,
        ("REGISTRAR",),
        "ROLE_REQUIRED",
    ),
    ("the public reads a case", H, GET_CASE, case(), H, ("PUBLIC",), "ROLE_REQUIRED"),
    (
        "the public reads a case at the city",
        CITY,
        f"{SUPERVISION}/GetCase",
        lambda _: views.GetCaseRequest(case_id="C-1"),
        CITY,
        ("PUBLIC",),
        "ROLE_REQUIRED",
    ),
    (
        "finance reads evidence",
        H,
        f"{ENFORCEMENT}/ListEvidence",
        lambda _: b"",
        H,
        ("FINANCE",),
        "ROLE_REQUIRED",
    ),
    (
        "the roster's keeper reads files",
        H,
        f"{ENFORCEMENT}/ListFiles",
        lambda _: b"",
        H,
        ("ROSTER_CLERK",),
        "ROLE_REQUIRED",
    ),
    (
        "an officer decides",
        H,
        f"{ENFORCEMENT}/MakeDecision",
        lambda _: b"",
        H,
        ("HANDLING_OFFICER",),
        "ROLE_REQUIRED",
    ),
    (
        "all roles but one",
        H,
        f"{ENFORCEMENT}/MakeDecision",
        lambda _: b"",
        H,
        ("HANDLING_OFFICER", "UNIT_HEAD", "CLERK", "FINANCE", "PUBLIC", "SYSTEM"),
        "ROLE_REQUIRED",
    ),
    (
        "a person of another department reads a case",
        H,
        GET_CASE,
        case(),
        "chengguan",
        ("UNIT_HEAD",),
        "OTHER_DEPARTMENT",
    ),
    (
        "a machine of another department reads a case",
        H,
        GET_CASE,
        case(),
        "chengguan",
        ("SYSTEM",),
        "OTHER_DEPARTMENT",
    ),
    (
        "a machine of another department asks how a node is",
        H,
        f"{JOURNAL}/GetNodeStatus",
        lambda _: nodes.GetNodeStatusRequest(),
        "chengguan",
        ("SYSTEM",),
        "OTHER_DEPARTMENT",
    ),
    ("the city's machine reads a case", H, GET_CASE, case(), CITY, ("SYSTEM",), "OTHER_DEPARTMENT"),
    (
        "the city's head decides at a department",
        H,
        f"{ENFORCEMENT}/MakeDecision",
        lambda _: b"",
        CITY,
        ("AGENCY_HEAD",),
        "OTHER_DEPARTMENT",
    ),
    (
        "the city's officer reads a department's case",
        H,
        GET_CASE,
        case(),
        CITY,
        ("HANDLING_OFFICER",),
        "OTHER_DEPARTMENT",
    ),
    (
        "a visiting role lends its right",
        H,
        CONTACT,
        lambda _: contacts.SetContactRequest(),
        "chengguan",
        ("ROSTER_CLERK", "PUBLIC"),
        "OTHER_DEPARTMENT",
    ),
    (
        "a department names a registrar of its own",
        CITY,
        f"{REGISTRY}/ConfirmBody",
        body_named(),
        H,
        ("REGISTRAR",),
        "OTHER_DEPARTMENT",
    ),
    (
        "a department names an overseer of its own",
        CITY,
        f"{SUPERVISION}/GetCase",
        lambda _: views.GetCaseRequest(case_id="C-1"),
        H,
        ("OVERSIGHT",),
        "OTHER_DEPARTMENT",
    ),
    (
        "a department's overseer at another",
        H,
        READ,
        lambda _: entries.ReadRequest(),
        "chengguan",
        ("OVERSIGHT",),
        "OTHER_DEPARTMENT",
    ),
    (
        "a department unseals",
        CITY,
        f"{SUPERVISION}/UnsealReporter",
        lambda _: b"",
        H,
        ("OVERSIGHT_HEAD",),
        "OTHER_DEPARTMENT",
    ),
)
RIGHTS = tuple(
    Attack(
        name,
        "role",
        f"{path.rpartition('/')[2]} at {node} as {', '.join(roles)} of {of}",
        (must,),
        partial(asked, node, path, make, of, roles),
        DENIED[must],
    )
    for name, node, path, make, of, roles, must in WRONG
)
