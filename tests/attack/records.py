"""Records of others by their ids, and what is sealed."""

from functools import partial
from typing import Any

from yifa.notifications.v1 import contact_pb2 as contacts
from yifa.registry.v1 import officer_pb2 as officers
from yifa.supervision.v1 import complaint_pb2 as complaints

from services.kit.security import Kind
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.attack.rights import CITY, CONTACT, GET_CASE, REGISTRY, SUPERVISION, H, asked, case
from tests.city import rid

PHONE, NAME = "13900077001", "密封人甲"
"""Of who complained under seal."""


async def of_another(scene: Scene) -> str:
    """Two people under one request_id."""
    request_id = rid()
    first = await scene.call(
        CITY, CONTACT, contact(request_id, "https://hook.example.cn/a"), registrar(scene)
    )
    if first != "OK":
        return first
    return await scene.call(CITY, CONTACT, contact(request_id, "https://hook.example.cn/b"), registrar(scene))


def contact(request_id: str, url: str) -> contacts.SetContactRequest:
    return contacts.SetContactRequest(request_id=request_id, recipient="role:REGISTRAR", webhook_url=url)


def registrar(scene: Scene) -> Any:
    return scene.city.as_(CITY, scene.fresh("registrar"), "REGISTRAR")


async def unsealed(scene: Scene) -> str:
    """Every read of a complaint, every journal and the pages: who complained is in none."""
    found, who = list[bytes](), scene.city.as_(CITY, "oversight-1", "OVERSIGHT")
    stub = scene.city.stub(CITY, "supervision")
    got = await stub.GetComplaint(
        complaints.GetComplaintRequest(complaint_id=scene.complaint_id), metadata=who
    )
    listed = await stub.ListComplaints(complaints.ListComplaintsRequest(page_size=100), metadata=who)
    found += [got.SerializeToString(), listed.SerializeToString()]
    for node, name in ((CITY, "supervision"), (CITY, "notifications"), (H, "enforcement")):
        found += [entry.SerializeToString() for entry in await scene.city.journal(node, name)]
    for path in ("/complaints", f"/complaints/{scene.complaint_id}", "/"):
        found.append((await scene.officer.get(path)).content)
    for file in scene.city.plan.var.rglob("*"):
        if file.is_file() and (file.suffix in (".log", ".db", ".blk") or file.name.endswith("-wal")):
            found.append(file.read_bytes())
    return "TOLD" if any(PHONE.encode() in each or NAME.encode() in each for each in found) else HARMLESS


async def without_receipt(scene: Scene) -> str:
    """Another's complaint with a guessed receipt."""
    asked = complaints.CheckComplaintRequest(complaint_id=scene.complaint_id, receipt="0" * 20)
    return await scene.call(
        CITY, f"{SUPERVISION}/CheckComplaint", asked, scene.city.as_(CITY, "public", "PUBLIC")
    )


IDS = (
    *(
        Attack(
            f"an id that is {name}",
            "id",
            f"GetCase {value[:20]!r}",
            must,
            partial(asked, H, GET_CASE, case(value), H, ("UNIT_HEAD",)),
            told,
        )
        for name, value, must, told in (
            ("a guess", "C-00000001", ("NOT_FOUND",), None),
            ("a pattern", "%", ("NOT_FOUND",), None),
            ("a pattern of one", "C-_______", ("NOT_FOUND",), None),
            ("SQL", "x' OR '1'='1", ("NOT_FOUND",), None),
            ("two statements", "x'; DROP TABLE journal; --", ("NOT_FOUND",), None),
            ("a path", "../../keys/city/token.key", ("NOT_FOUND",), None),
            ("empty", "", ("MALFORMED",), Kind.FORM),
            ("endless", "C" * 100_000, ("MALFORMED",), Kind.FORM),
            ("with an end of text", "C-1\0", ("MALFORMED",), Kind.FORM),
            ("with unseen characters", "C-1\u200b", ("MALFORMED",), Kind.FORM),
            ("written backwards", "\u202eC-1", ("MALFORMED",), Kind.FORM),
        )
    ),
    Attack(
        "the request_id of another",
        "replay",
        "another's request_id with another content",
        ("REQUEST_ID_REUSED",),
        of_another,
        Kind.REPLAY,
    ),
    Attack(
        "what is sealed, through every read",
        "sealed",
        "reads, journals, pages, files, logs",
        (HARMLESS,),
        unsealed,
    ),
    Attack(
        "another's receipt", "sealed", "a guessed receipt", ("NOT_FOUND", "RECEIPT_WRONG"), without_receipt
    ),
)


async def by_hand(scene: Scene) -> str:
    """A roster entry under another's department, by a good clerk."""
    request = officers.RegisterOfficerRequest(request_id=rid(), name="示例", body_id="B-of-another")
    return await scene.call(
        H, f"{REGISTRY}/RegisterOfficer", request, scene.city.as_(H, "clerk-1", "ROSTER_CLERK")
    )


RECORDS = (
    *IDS,
    Attack(
        "an officer of another's body",
        "id",
        "RegisterOfficer",
        ("MALFORMED", "NOT_FOUND", "SUBJECT_NOT_QUALIFIED"),
        by_hand,
    ),
)
