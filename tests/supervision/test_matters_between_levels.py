"""What a lower level hands to the department above it by the system: who sees it, who answers it, what becomes of it (R-152)."""

from typing import Any

import grpc
import pytest
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import important_matter_pb2 as pb
from yifa.supervision.v1 import work_pb2 as work

from tests.supervision.office import ENVIRONMENT, URBAN, Office, at
from tests.supervision.orders import BODY
from tests.supervision.test_important_matters import (
    ASKED,
    DRAFTER,
    HAPPENED,
    OFFICE,
    OFFICE_HEAD,
    REPLY,
    SENDER,
    WHY,
    Matters,
    matters,
    state,
)

ABOVE, TOP, ABOVE_HEAD, TOP_HEAD = "B-above", "B-top", "H-above", "H-top"
SUPERIOR, HIGHER = (ABOVE_HEAD, "AGENCY_HEAD", URBAN), (TOP_HEAD, "AGENCY_HEAD", URBAN)
NO_HEAD_THERE = ("H-other", "AGENCY_HEAD", URBAN)
UP = ASKED | {"code": "REQ-04"}
TOLD_UP = HAPPENED | {"code": "REP-06"}
ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ReplyToImportantMatter", REPLY),
    ("AskMoreOfImportantMatter", WHY),
    ("SendImportantMatterBack", WHY),
    ("PassImportantMatterUp", WHY),
)


class Bodies:
    """Bodies as the city's registry tells of them, each time one version on."""

    def __init__(self, office: Office) -> None:
        self.office, self.version = office, 1

    async def tell(self, body_id: str, node: str, superior: str = "", ended: bool = False) -> None:
        self.version += 1
        told = body_pb2.EnforcementBody(
            body_id=body_id, name=f"示例机关{body_id}", node=node, version=self.version, superior_body_id=superior,
            state=body_pb2.BODY_STATE_WITHDRAWN if ended else body_pb2.BODY_STATE_PUBLISHED,
            publish_time=at("2020-01-01 00:00"),
        )  # fmt: skip
        kind = registry.BodyWithdrawn if ended else registry.BodySuperiorNamed
        await self.office.registry(kind(body=told))


async def levels(office: Office) -> tuple[Matters, Bodies]:
    """A unit, the department above it at another node, and the one above that."""
    its, bodies = await matters(office), Bodies(office)
    await bodies.tell(TOP, URBAN)
    await bodies.tell(ABOVE, URBAN, TOP)
    await bodies.tell(BODY, ENVIRONMENT, ABOVE)
    await office.appoint(ABOVE, ABOVE_HEAD, node=URBAN)
    await office.appoint("B-beside", "H-other", node=URBAN)
    await office.appoint(TOP, TOP_HEAD, node=URBAN)
    return its, bodies


async def test_a_matter_goes_to_the_department_above_and_is_answered_by_its_head(office: Office) -> None:
    its, _ = await levels(office)
    drafted = await its.act(DRAFTER, "DraftImportantMatter", **UP)
    assert (drafted.to, drafted.superior_body_id, drafted.superior_node) == (
        pb.SUPERIOR_DEPARTMENT, ABOVE, URBAN,
    )  # fmt: skip
    assert await its.listed(SUPERIOR) == [] and not office.emitted(events.ImportantMatterCameUp)

    await its.act(SENDER, "SendImportantMatter")

    assert office.addressees(events.ImportantMatterAsked) == {ENVIRONMENT}
    assert office.addressees(events.ImportantMatterCameUp) == {URBAN}
    assert list(office.emitted(events.ImportantMatterCameUp)[-1].heads) == [ABOVE_HEAD]
    assert await its.listed(SUPERIOR) == [its.id] == await its.listed(DRAFTER)
    assert await its.listed(NO_HEAD_THERE) == [] == await its.listed(HIGHER)
    assert (await its.say(NO_HEAD_THERE, "GetImportantMatter", office.refused))[1] == "NOT_FOUND"
    for name, said in ANSWERS:
        assert await its.refused(SENDER, name, **said) in (
            "OVERSIGHT_ROLE_CONFLICT",
            "REPLY_NOT_BY_ADDRESSEE",
        )
        for who in (NO_HEAD_THERE, HIGHER, (ABOVE_HEAD, "AGENCY_HEAD", ENVIRONMENT)):
            assert await its.refused(who, name, **said) == "REPLY_NOT_BY_ADDRESSEE"
    for name, said in ANSWERS[:-1]:
        assert await its.refused(OFFICE, name, **said) == "REPLY_NOT_BY_ADDRESSEE"

    await its.act(SUPERIOR, "AskMoreOfImportantMatter", **WHY)
    await its.act(DRAFTER, "AmendImportantMatter", **UP)
    await its.act(SENDER, "SendImportantMatter")
    replied = await its.act(SUPERIOR, "ReplyToImportantMatter", **REPLY)

    assert (replied.state, replied.reply.replier) == (state("REPLIED"), ABOVE_HEAD)
    assert all(d.HasField("stop_time") for d in replied.deadlines)


async def test_nobody_of_the_body_that_asked_answers_it(office: Office) -> None:
    """Also who heads both: a certificate of the unit, or a post there, is enough."""
    its, _ = await levels(office)
    await its.sent(UP)
    await office.appoint(ABOVE, SENDER[0], node=URBAN)
    await office.certify("H-both", body_id=BODY)
    await office.appoint(ABOVE, "H-both", node=URBAN)

    for person in (SENDER[0], "H-both"):
        said = await its.refused((person, "AGENCY_HEAD", URBAN), "ReplyToImportantMatter", **REPLY)
        assert said == "OVERSIGHT_ROLE_CONFLICT"


async def test_a_report_is_noted_and_instructed_on_above(office: Office) -> None:
    its, _ = await levels(office)
    await its.sent(TOLD_UP)

    for name, said in (("NoteImportantMatter", {}), ("InstructOnImportantMatter", {"instructions": "查明"})):
        assert await its.refused(OFFICE_HEAD, name, **said) == "REPLY_NOT_BY_ADDRESSEE"
    await its.act(SUPERIOR, "NoteImportantMatter")
    noted = await its.act(SUPERIOR, "InstructOnImportantMatter", instructions="查明")
    assert noted.state == state("NOTED")
    before = len(office.emitted(events.ImportantMatterCameUp))
    await its.act(SENDER, "SupplementImportantMatter", supplement="人员已经散去。")
    assert len(office.emitted(events.ImportantMatterCameUp)) == before + 1


async def test_it_is_passed_up_and_answered_there(office: Office) -> None:
    its, _ = await levels(office)
    await its.sent(UP)
    assert await its.refused(SUPERIOR, "PassImportantMatterUp", reasons=" ") == "REASONS_MISSING"

    passed = await its.act(SUPERIOR, "PassImportantMatterUp", **WHY)

    assert (passed.superior_body_id, passed.words[-1].said) == (TOP, pb.IMPORTANT_MATTER_SAID_PASS_UP)
    assert await its.listed(SUPERIOR) == []
    assert await its.refused(SUPERIOR, "ReplyToImportantMatter", **REPLY) == "REPLY_NOT_BY_ADDRESSEE"
    assert await its.refused(HIGHER, "PassImportantMatterUp", **WHY) == "SUPERIOR_UNKNOWN"
    replied = await its.act(HIGHER, "ReplyToImportantMatter", **REPLY)
    assert replied.reply.replier == TOP_HEAD


async def test_oversight_readdresses_what_went_to_the_wrong_one(office: Office) -> None:
    its, bodies = await levels(office)
    await its.sent(ASKED)  # to the oversight body
    assert await its.refused(SUPERIOR, "ReplyToImportantMatter", **REPLY) == "REPLY_NOT_BY_ADDRESSEE"
    same, above = {"to": pb.SUPERIOR_OVERSIGHT}, {"to": pb.SUPERIOR_DEPARTMENT}
    for wrong in (same, {"to": 0}):
        assert await its.refused(OFFICE, "ReaddressImportantMatter", **wrong, **WHY) == "READDRESS_INVALID"
    assert await its.refused(OFFICE, "ReaddressImportantMatter", **above) == "REASONS_MISSING"

    await its.act(OFFICE, "ReaddressImportantMatter", **above, **WHY)

    assert office.addressees(events.ImportantMatterCameUp) == {URBAN}
    assert await its.refused(OFFICE, "ReaddressImportantMatter", **above, **WHY) == "READDRESS_INVALID"
    assert await its.refused(OFFICE, "ReplyToImportantMatter", **REPLY) == "REPLY_NOT_BY_ADDRESSEE"
    await bodies.tell(BODY, ENVIRONMENT, TOP)
    moved = await its.act(OFFICE, "ReaddressImportantMatter", **above, **WHY)
    assert moved.superior_body_id == TOP
    back = await its.act(OFFICE, "ReaddressImportantMatter", **same, **WHY)
    assert not back.superior_body_id and await its.listed(SUPERIOR) == []
    assert (await its.act(OFFICE, "ReplyToImportantMatter", **REPLY)).state == state("REPLIED")


async def test_a_superior_that_ended_answers_nothing_and_is_asked_nothing(office: Office) -> None:
    its, bodies = await levels(office)
    await its.sent(UP)
    waiting = its.id
    await its.act(DRAFTER, "DraftImportantMatter", **UP)
    await bodies.tell(ABOVE, URBAN, TOP, ended=True)

    assert await its.refused(SENDER, "SendImportantMatter") == "SUPERIOR_UNKNOWN"
    its.id = waiting
    assert await its.refused(SUPERIOR, "ReplyToImportantMatter", **REPLY) == "REPLY_NOT_BY_ADDRESSEE"
    await bodies.tell(BODY, ENVIRONMENT, TOP)
    await its.act(OFFICE, "ReaddressImportantMatter", to=pb.SUPERIOR_DEPARTMENT, **WHY)
    assert (await its.act(HIGHER, "ReplyToImportantMatter", **REPLY)).state == state("REPLIED")


@pytest.mark.parametrize("what", [UP, TOLD_UP])
async def test_who_has_no_superior_is_told_what_to_do(office: Office, what: dict[str, Any]) -> None:
    its = await matters(office)

    with pytest.raises(grpc.aio.AioRpcError, match="NameSuperiorBody") as refused:
        await its.act(DRAFTER, "DraftImportantMatter", **what)

    told = dict(refused.value.trailing_metadata())["grpc-status-details-bin"]
    assert "请市登记机构登记上级部门".encode() in told
    assert await its.refused(DRAFTER, "DraftImportantMatter", **what) == "SUPERIOR_UNKNOWN"


async def test_the_department_above_is_warned_of_when_it_does_not_reply(office: Office) -> None:
    its, _ = await levels(office)
    await its.sent(UP)
    office.clock("2026-03-17 09:00")
    before = len(office.emitted(events.ImportantMatterCameUp))
    await office.ticked()

    [warning] = await office.warnings(rule_id="EW-02")
    assert (warning.clock_id, warning.node) == ("RPT-02", URBAN)
    assert len(office.emitted(events.ImportantMatterCameUp)) > before


async def test_it_waits_for_the_head_of_the_department_above_and_for_nobody_else(office: Office) -> None:
    its, _ = await levels(office)
    await its.sent(UP)

    async def waiting(who: tuple[str, str, str]) -> list[str]:
        asked = work.ListOfficeWorkRequest(noun="important_matter")
        with its.as_(who):
            return [each.record_id for each in (await office.call("ListOfficeWork", asked)).items]

    assert await waiting(SUPERIOR) == [its.id]
    for who in (SENDER, NO_HEAD_THERE, OFFICE):
        assert await waiting(who) == []
