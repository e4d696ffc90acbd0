"""Giving a list out of the register, as a file."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

from grpc.aio import Channel
from yifa.enforcement.v1 import monitoring_device_pb2 as device_pb2
from yifa.enforcement.v1 import sampling_institution_pb2 as institution_pb2
from yifa.enforcement.v1.enforcement_service_pb2_grpc import EnforcementServiceStub
from yifa.registry.v1 import body_pb2, bulk_pb2, officer_pb2
from yifa.registry.v1.registry_service_pb2_grpc import RegistryServiceStub

from services.cli.lists.choices import RANKS as RANK_WORDS
from services.cli.lists.choices import first_words
from services.cli.lists.columns import TABLES
from services.cli.lists.write import write
from services.kit.dial import Target, channel
from services.law.calendar import SHANGHAI
from services.node.callers import Metadata
from services.node.failure import Failure

STAFF = {
    officer_pb2.STAFF_KIND_PERMANENT: "在编",
    officer_pb2.STAFF_KIND_ASSISTANT: "辅助人员",
    officer_pb2.STAFF_KIND_CONTRACT: "合同制、临时人员",
}
BODY_STATES = {
    body_pb2.BODY_STATE_PROPOSED: "申报中",
    body_pb2.BODY_STATE_LEGALITY_CHECKED: "已审核",
    body_pb2.BODY_STATE_REJECTED: "未通过审核",
    body_pb2.BODY_STATE_CONFIRMED: "待公示",
    body_pb2.BODY_STATE_PUBLISHED: "在册",
    body_pb2.BODY_STATE_CHANGE_PENDING: "待换证",
    body_pb2.BODY_STATE_REISSUED: "在册",
    body_pb2.BODY_STATE_WITHDRAWN: "已撤销",
}
KINDS = {
    body_pb2.BODY_KIND_AGENCY: "行政机关",
    body_pb2.BODY_KIND_AUTHORISED: "法律、法规授权的组织",
    body_pb2.BODY_KIND_ENTRUSTED: "受委托组织",
    body_pb2.BODY_KIND_TOWNSHIP: "乡镇人民政府、街道办事处",
}
OFFICERS = ("人员编号", "姓名", "身份证号", "执法主体", "单位", "岗位", "编制类别", "累计学时", "入库日期")
POSTS = ("岗位编号", "执法主体", "机构", "岗位", "岗位层级", "敏感岗位", "状态")
RANKS = first_words(RANK_WORDS)
TRAINING = ("人员编号", "培训内容", "培训日期", "学时", "培训天数")
BODIES = ("主体编号", "执法主体", "统一社会信用代码", "主体类别", "部门节点", "文书字号", "执法领域", "状态")
LEGAL, TECHNICAL = device_pb2.DEVICE_REVIEW_KIND_LEGAL, device_pb2.DEVICE_REVIEW_KIND_TECHNICAL
PAGE = 500
Row = Sequence[object]


async def give(target: Target, metadata: Metadata, kind: str, file: Path) -> int:
    """Write all records of a kind that a node knows, of devices and institutions those that are still in use, in the columns in
    which they are brought in. How many they are.

    Raises Failure for a file that cannot be written.
    """
    async with channel(target) as there:
        head, rows = GIVEN[kind]
        found = [row async for row in rows(there, metadata)]
    return written(file, head, found)


def template(kind: str, file: Path) -> None:
    """An empty list with the right titles and one line as an example, to be deleted."""
    table = TABLES[kind]
    written(file, list(table.titles.values()), [table.example])


def written(file: Path, head: Row, rows: Sequence[Row]) -> int:
    try:
        return write(file, head, rows)
    except OSError as wrong:
        raise Failure(f"{file} cannot be written: {wrong.strerror or wrong}") from None


async def officers(there: Channel, metadata: Metadata) -> AsyncIterator[Row]:
    names = {row[0]: row[1] async for row in bodies(there, metadata)}
    async for reply in RegistryServiceStub(there).ExportOfficers(
        bulk_pb2.ExportOfficersRequest(), metadata=metadata
    ):
        for o in reply.officers:
            yield (
                o.officer_id, o.name, o.id_number, names.get(o.body_id, o.body_id), o.unit, o.post,
                STAFF.get(o.staff_kind, ""), o.training_hours, day_of(o.register_time),
            )  # fmt: skip


async def trainings(there: Channel, metadata: Metadata) -> AsyncIterator[Row]:
    async for reply in RegistryServiceStub(there).ExportTraining(
        bulk_pb2.ExportTrainingRequest(), metadata=metadata
    ):
        for t in reply.trainings:
            yield (
                t.officer_id,
                t.course,
                date(t.date.year, t.date.month, t.date.day),
                t.hours,
                t.half_days / 2,
            )


async def posts(there: Channel, metadata: Metadata) -> AsyncIterator[Row]:
    names = {row[0]: row[1] async for row in bodies(there, metadata)}
    async for reply in RegistryServiceStub(there).ExportPosts(
        bulk_pb2.ExportPostsRequest(), metadata=metadata
    ):
        for p in reply.posts:
            yield (
                p.post_id, names.get(p.body_id, p.body_id), p.unit_name, p.name, RANKS.get(p.rank, ""),
                "是" if p.sensitive else "否", "已撤销" if p.HasField("close_time") else "在设",
            )  # fmt: skip


async def bodies(there: Channel, metadata: Metadata) -> AsyncIterator[Row]:
    async for reply in RegistryServiceStub(there).ExportBodies(
        bulk_pb2.ExportBodiesRequest(), metadata=metadata
    ):
        for b in reply.bodies:
            state = BODY_STATES.get(b.state, "")
            yield (
                b.body_id, b.name, b.unified_social_credit_code, KINDS.get(b.kind, ""), b.node,
                b.document_prefix, b.field, state,
            )  # fmt: skip


async def devices(there: Channel, metadata: Metadata) -> AsyncIterator[Row]:
    """With the last review of each kind, and the last publication."""
    call = EnforcementServiceStub(there).ListMonitoringDevices
    async for d in listed(call, device_pb2.ListMonitoringDevicesRequest, "devices", metadata):
        if d.HasField("retire_time"):
            continue
        legal, technical = (last(r for r in d.reviews if r.kind == kind) for kind in (LEGAL, TECHNICAL))
        public = next(reversed(d.publications), device_pb2.DevicePublication())
        yield (
            d.body_id, d.number, d.title, d.place, d.area_code, d.sign, d.basis, d.standard,
            legal.document, legal.reviewer, day_in(legal, "pass_time"),
            technical.document, technical.reviewer, day_in(technical, "pass_time"), last_day(technical, "until_time"),
            public.address, day_in(public, "publish_time"),
        )  # fmt: skip


async def institutions(there: Channel, metadata: Metadata) -> AsyncIterator[Row]:
    call = EnforcementServiceStub(there).ListSamplingInstitutions
    async for i in listed(call, institution_pb2.ListSamplingInstitutionsRequest, "institutions", metadata):
        if not i.HasField("leave_time"):
            days = day_in(i, "from_time"), last_day(i, "until_time")
            yield (i.name, i.qualification, i.issuer, i.scope, *days)


async def listed(call: Any, request: Any, field: str, metadata: Metadata) -> AsyncIterator[Any]:
    """All that a list has, page by page."""
    token = ""
    while True:
        reply = await call(request(page_size=PAGE, page_token=token), metadata=metadata)
        for each in getattr(reply, field):
            yield each
        if not (token := reply.next_page_token):
            return


def last(reviews: Iterable[device_pb2.DeviceReview]) -> device_pb2.DeviceReview:
    """The last of them; an empty one where there is none."""
    return [device_pb2.DeviceReview(), *reviews][-1]


def day_in(message: Any, field: str) -> date | str:
    """The day of a moment; empty where it has none."""
    return day_of(getattr(message, field)) if message.HasField(field) else ""


def last_day(message: Any, field: str) -> date | str:
    """The last day that was over at a moment; empty where it has none."""
    day = day_in(message, field)
    return day - timedelta(days=1) if isinstance(day, date) else day


def day_of(stamp: Any) -> date:
    day: date = stamp.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI).date()
    return day


GIVEN: dict[str, tuple[Row, Callable[[Channel, Metadata], AsyncIterator[Row]]]] = {
    "officers": (OFFICERS, officers),
    "training": (TRAINING, trainings),
    "posts": (POSTS, posts),
    "bodies": (BODIES, bodies),
    "devices": ([*TABLES["devices"].titles.values()], devices),
    "institutions": ([*TABLES["institutions"].titles.values()], institutions),
}
