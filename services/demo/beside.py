"""What the demonstration does beside its cases: seizures with their lifting, deferrals, help asked of the other department."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import assistance_pb2 as assistance
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.law.v1.law_pb2 import Money

from services.demo.folder import Folder, stamp
from services.given import measure as given
from services.given.say import Who

Said = dict[str, Any]


@dataclass(frozen=True)
class Beside:
    """An act: the post and role of who does it, none for the officer of the case; what it names; what it says.

    helper: it is done at the other department.
    """

    by: tuple[str, str] | None
    key: Callable[[Folder], Said]
    says: Callable[[Folder, frozenset[str]], Said] = lambda _folder, _flags: {}
    helper: bool = False


def always(**said: Any) -> Callable[[Folder, frozenset[str]], Said]:
    """The same in every case."""
    return lambda _folder, _flags: dict(said)


def of_case(folder: Folder) -> Said:
    return {"case_id": folder.case_id}


def of_measure(folder: Folder) -> Said:
    return {"measure_id": folder.measure.measure_id}


def of_letter(folder: Folder) -> Said:
    return {"assistance_id": folder.letter.assistance_id}


def ask_measure(folder: Folder, flags: frozenset[str]) -> Said:
    kind = measures.MEASURE_KIND_SEAL if "seal" in flags else measures.MEASURE_KIND_SEIZE
    reasons = "示例：涉案设备、物品有被转移、毁损的可能。"
    return {"kind": kind, "item_id": folder.desk.coercion_id, "reasons": reasons}


def take(folder: Folder, _flags: frozenset[str]) -> Said:
    decision = given.decision(
        folder.at,
        party=folder.party.name,
        address=f"{folder.desk.place}（示例）",
        reasons="示例：涉嫌违法，为防止证据损毁、控制危险扩大。",
        agency="示例执法机关",
    )
    things = [
        given.thing("示例：涉案生产设备", f"示例编号{folder.case_id[-6:]}", quantity=1),
        given.thing("示例：涉案原料", f"示例批次{folder.case_id[-4:]}", quantity=12),
    ]
    taken = given.execution(folder.at, list(folder.officers), decision=decision, things=things)
    return {"execution": taken}


def lift(_folder: Folder, _flags: frozenset[str]) -> Said:
    return {"ground": measures.RELEASE_GROUND_NOT_NEEDED, "cause": "示例：证据已经固定，不再需要采取该措施。"}


def defer(_folder: Folder, _flags: frozenset[str]) -> Said:
    return {"application": "示例：分期缴纳罚款申请书存卷", "cause": "示例：停产整改，资金周转困难"}


def grant(folder: Folder, _flags: frozenset[str]) -> Said:
    """Two halves, a month apart."""
    assert folder.case is not None
    fine = folder.case.decision.penalty.fine.fen
    parts = ((fine // 2, 20), (fine - fine // 2, 50))
    return {
        "approved": True,
        "instalments": [
            cases.Instalment(amount=Money(fen=much), due_time=stamp(folder.at + timedelta(days=days)))
            for much, days in parts
        ],
    }


def ask_help(folder: Folder, _flags: frozenset[str]) -> Said:
    assert folder.other is not None, f"{folder.story}: there is no other department"
    return {
        "body_id": folder.other.body_id,
        "subject": "示例：协助提供当事人场所的规划许可和巡查记录。",
        "reason": "示例：核实违法行为持续的时间。",
        "wanted_time": stamp(folder.at + timedelta(days=20)),
    }


def answer(_folder: Folder, _flags: frozenset[str]) -> Said:
    papers = [assistance.AssistancePaper(title="示例：巡查记录复印件", location="示例档案室")]
    return {"answer": "示例：经查，该场所于六个月前投入使用。", "papers": papers}


OFFICER, HEAD, UNIT, CLERK = None, ("head", "AGENCY_HEAD"), ("unit", "UNIT_HEAD"), ("clerk", "CLERK")
BESIDE: Mapping[str, Beside] = MappingProxyType(
    {
        "RequestMeasure": Beside(OFFICER, of_case, ask_measure),
        "ApproveMeasure": Beside(HEAD, of_measure),
        "ExecuteMeasure": Beside(OFFICER, of_measure, take),
        "PublishMeasure": Beside(CLERK, of_measure, always(address="示例：行政执法信息公示平台")),
        "ReleaseMeasure": Beside(HEAD, of_measure, lift),
        "RequestDeferral": Beside(CLERK, of_case, defer),
        "DecideDeferral": Beside(HEAD, of_case, grant),
        "DecideNoPenalty": Beside(HEAD, of_case),
        "AskAssistance": Beside(OFFICER, of_case, ask_help),
        "AcceptAssistance": Beside(UNIT, of_letter, helper=True),
        "AnswerAssistance": Beside(UNIT, of_letter, answer, helper=True),
        "DeclineAssistance": Beside(
            HEAD, of_letter, always(reason="示例：不属于本机关职权范围。"), helper=True
        ),
        "ObjectToDecline": Beside(HEAD, of_letter, always(objection="示例：该场所在其辖区。")),
    }
)


# Where the folder keeps what a reply tells, the first that it tells.
KEPT: Mapping[str, str] = MappingProxyType(
    {
        "case": "case",
        "measure": "measure",
        "assistance": "letter",
        "court_enforcement": "enforcement",
        "enforcement": "own",
        "credit_repair": "repair",
    }
)


async def do(work: Callable[..., Any], folder: Folder, act: Beside, rpc: str, flags: frozenset[str]) -> None:
    """One act beside a case, at the department whose it is; what it changed goes into the folder. Raises AioRpcError.

    `work` says something to a node: work(node, "enforcement", rpc, who, **fields).
    """
    desk = folder.other if act.helper and folder.other is not None else folder.desk
    who: Who = (desk.person(act.by[0]), act.by[1]) if act.by else folder.who
    reply = await work(desk.node, "enforcement", rpc, who, **act.key(folder), **act.says(folder, flags))
    told = {field.name for field, _ in reply.ListFields()}
    name = next(name for name in KEPT if name in told)
    setattr(folder, KEPT[name], getattr(reply, name))
