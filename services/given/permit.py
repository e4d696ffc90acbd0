"""Permits as they are said over the public API: a guide that is argued for and published, an application on its way."""

from collections.abc import Awaitable, Callable
from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION, Party
from yifa.law.v1.law_pb2 import Money

from services.given.people import CLERK, HEAD, REVIEWER, UNIT
from services.given.say import Who

Do = Callable[..., Awaitable[Any]]
WINDOW = "政务服务中心综合窗口"
CONDITIONS, MATERIALS = ("T1", "T2"), ("C1", "C2", "C3")
ADDRESS = "行政服务中心一楼公示栏；https://permits.example.gov.cn"


def terms(**more: Any) -> guides.PermitTerms:
    """What the guide of a pollutant discharge permit says; `more` is what it says otherwise."""
    said = guides.PermitTerms(
        title="排污许可证核发",
        window=WINDOW,
        conditions=[
            guides.PermitPoint(
                code="T1", text="依法取得环境影响评价批准文件", law="《排污许可管理条例》第十一条"
            ),
            guides.PermitPoint(
                code="T2", text="污染物排放符合排放标准要求", law="《排污许可管理条例》第十一条"
            ),
        ],
        materials=[
            guides.PermitPoint(code="C1", text="排污许可证申请表", law="《排污许可管理条例》第七条"),
            guides.PermitPoint(code="C2", text="自行监测方案", law="《排污许可管理条例》第八条"),
            guides.PermitPoint(code="C3", text="排污口设置情况说明", law="《排污许可管理条例》第八条"),
        ],
        steps=[
            guides.PermitStep(name="受理", unit="综合窗口", standard="材料齐全、符合法定形式", days=1),
            guides.PermitStep(name="审查", unit="审批科", standard="逐项核对公布的条件", days=7),
            guides.PermitStep(name="核准", unit="分管负责人", standard="条件全部符合", days=2),
        ],
        handling=guides.PERMIT_HANDLING_ALONE,
        promised_days=10,
        compensation="超过承诺时限的，书面致歉，并免费邮寄证照",
        contact="综合窗口咨询、监督电话",
    )
    for name, value in more.items():
        if isinstance(value, list):
            said.ClearField(name)  # type: ignore[arg-type]
            getattr(said, name).extend(value)
        elif isinstance(value, guides.PermitFee):
            said.fee.CopyFrom(value)
        else:
            setattr(said, name, value)
    return said


def fee(fen: int, law: str) -> guides.PermitFee:
    return guides.PermitFee(amount=Money(fen=fen), law=law)


def applicant(number: str, name: str) -> Party:
    """An enterprise that applies."""
    return Party(kind=PARTY_KIND_ORGANISATION, name=name, identity_number=number)


async def published(
    do: Do, body_id: str, item_id: str, reviewer: Who = REVIEWER, head: Who = HEAD, **more: Any
) -> str:
    """A guide that is drafted, argued for by a reviewer and published by a head; its id."""
    drafted = await do("DraftPermitGuide", UNIT, body_id=body_id, item_id=item_id, terms=terms(**more))
    guide_id = str(drafted.permit_guide.guide_id)
    await do("ArguePermitGuide", reviewer, guide_id=guide_id, **argument())
    await do("PublishPermitGuide", head, guide_id=guide_id, address=ADDRESS)
    return guide_id


def argument() -> dict[str, Any]:
    """Why the item of approval stays."""
    return {
        "kept": True,
        "opinion": "直接关系公众健康，事中事后监管不能替代，应予保留",
        "consulted": ["示例行业协会", "示例社区居民代表"],
    }


async def received(do: Do, guide_id: str, party: Party, materials: tuple[str, ...] = MATERIALS) -> str:
    """An application that came to the window; its id."""
    asked = {"guide_id": guide_id, "applicant": party, "window": WINDOW, "materials": materials}
    return str((await do("ReceivePermitApplication", CLERK, **asked)).permit.permit_id)
