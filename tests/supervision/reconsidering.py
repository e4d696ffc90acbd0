"""The desk of the reconsideration body in the tests: an application, and each act after it, with what is otherwise."""

from typing import Any

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.given.reconsideration import HEADS, REVIEWERS, STEPS
from services.kit.access import mint
from tests.supervision.office import CITY, ENVIRONMENT, Office, at

BODY, HEAD = "B-RC-1", "H-RC-1"
WHEN = "2026-04-01 11:00"
TIMES = {
    "AcceptReconsideration": "2026-04-02 10:00",
    "AssignReconsiderers": "2026-04-02 11:00",
    "SendReconsiderationCopy": "2026-04-03 10:00",
    "ReceiveReconsiderationCopy": "2026-04-07 10:00",
    "RecordReconsiderationReply": "2026-04-15 10:00",
    "HearReconsiderationParties": "2026-04-20 10:00",
    "DecideReconsideration": "2026-04-28 10:00",
    "ServeReconsiderationDecision": "2026-04-29 10:00",
}


class Desk:
    """One reconsideration at a time; the office's time comes with each act."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial, self.done = office, "", 0, "2026-04-01 10:00"
        self.moves = True  # whether the office's time comes with each act

    async def call(self, name: str, /, **fields: Any) -> Any:
        self.serial += 1
        head = name in HEADS or name.endswith("Reconsiderer")
        key = (self.office.folder / "token.key").read_bytes()
        token = mint(key, "oversight-1", CITY, ("OVERSIGHT_HEAD" if head else "OVERSIGHT",))
        request = getattr(pb, f"{name}Request")(request_id=f"RC-{self.serial}", **fields)
        metadata = (("authorization", f"Bearer {token}"),)
        return await getattr(self.office.stub, name)(request, metadata=metadata, timeout=10)

    async def act(self, name: str, when: str = "", /, **fields: Any) -> pb.Reconsideration:
        """One act, by what it says where nothing else is said, at its time or one that is given."""
        self.done = when or TIMES.get(name, self.done)
        if self.moves and at(self.done) > self.office.running.now():
            self.office.clock(self.done)
        said = {**STEPS.get(name, {}), "reconsideration_id": self.id, "done_time": at(self.done), **fields}
        return (await self.call(name, **said)).reconsideration  # type: ignore[no-any-return]

    async def registered(self, **more: Any) -> pb.Reconsideration:
        said = {
            "body_id": BODY,
            "authority": "示例市人民政府",
            "applicant": "复议申请公司",
            "request": "请求撤销处罚决定，事实不清。",
            "act": "责令改正通知",
            "know_time": at("2026-03-20 10:00"),
            "channel": "RECONSIDERATION_CHANNEL_COUNTER",
            "apply_time": at("2026-04-01 10:00"),
        }
        record = (await self.call("RegisterReconsideration", **(said | more))).reconsideration
        self.id, self.done = record.reconsideration_id, "2026-04-01 10:00"
        return record  # type: ignore[no-any-return]

    async def upto(self, last: str, case_id: str = "", **otherwise: Any) -> pb.Reconsideration:
        """Everything up to an act; `otherwise` says by its name what is said otherwise in one."""
        record = await self.registered(case_id=case_id)
        for name in list(TIMES)[: list(TIMES).index(last) + 1]:
            record = await self.act(name, **otherwise.get(name, {}))
        return record

    async def now(self) -> pb.Reconsideration:
        asked = pb.GetReconsiderationRequest(reconsideration_id=self.id)
        return (await self.office.call("GetReconsideration", asked)).reconsideration  # type: ignore[no-any-return]


async def reconsidering(office: Office, when: str = WHEN) -> Desk:
    """A desk: the body is known, and three may hear cases."""
    office.clock(when)
    told = body_pb2.EnforcementBody(
        body_id=BODY, name="示例市生态环境局", node=ENVIRONMENT, version=1, state=body_pb2.BODY_STATE_PUBLISHED,
        publish_time=at("2020-01-01 00:00"),
    )  # fmt: skip
    await office.registry(registry.BodyPublished(body=told))
    await office.appoint(BODY, HEAD)
    desk = Desk(office)
    for person in REVIEWERS:
        await desk.call(
            "EnterReconsiderer", person=person, name=f"复议人员{person}", qualification=f"A-{person}", training="培训证书",
            train_time=at("2025-01-01 10:00"),
        )  # fmt: skip
    return desk


def state(record: pb.Reconsideration) -> str:
    return pb.ReconsiderationState.Name(record.state).removeprefix("RECONSIDERATION_STATE_")


def ends(record: pb.Reconsideration) -> dict[str, tuple[str, bool]]:
    """The day on which each term ends, and whether it was stopped."""
    return {
        d.clock_id: (d.due_time.ToDatetime().date().isoformat(), d.HasField("stop_time"))
        for d in record.deadlines
    }
