"""What the demonstration does about a duty that was left undone: a substitute performs, and the party bears the costs."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import Money

from services.demo.beside import CLERK, HEAD, OFFICER, UNIT, Beside, Said, always, of_case
from services.demo.folder import Folder, stamp

Flags = frozenset[str]
FINANCE = ("finance", "FINANCE")
REMEDIES = "示例：自收到本决定之日起六十日内可以申请行政复议，六个月内可以提起行政诉讼。"
SIGNERS = [pb.RECORD_SIGNER_SUPERVISOR, pb.RECORD_SIGNER_PERFORMER, pb.RECORD_SIGNER_WITNESS]
# What is left on the road, and may be cleared away by somebody else (行政强制法 50).
ORDERED = penalties.OrderedDuty(
    kind=penalties.DUTY_KIND_OTHER,
    what="示例：清除堆放在道路上的物料，恢复道路原状",
    days=7,
    harm=penalties.DUTY_HARM_TRAFFIC,
)
COST = 80_000
"""What the substitute costs, in fen."""


def of_own(folder: Folder) -> Said:
    return {"enforcement_id": folder.own.enforcement_id}


def demand(folder: Folder, _flags: Flags) -> Said:
    return {
        "manner": "示例：自行清除，恢复原状",
        "term_end_time": stamp(folder.at + timedelta(days=10)),
        "rights_told": True,
        "receipt": "示例：催告书送达回证",
    }


def decide(folder: Folder, _flags: Flags) -> Said:
    terms = pb.SubstituteTerms(
        performer="示例清障有限公司",
        uninterested=True,
        target="示例：堆放在道路上的物料",
        budget=Money(fen=COST),
    )
    return {
        "reasons": "示例：经催告逾期仍不清除，已经危害交通安全。",
        "basis": "《中华人民共和国行政强制法》第五十条",
        "manner": "示例：委托没有利害关系的第三人代履行",
        "enforce_time": stamp(folder.at + timedelta(days=14)),
        "remedies": REMEDIES,
        "substitute": terms,
    }


def schedule(folder: Folder, _flags: Flags) -> Said:
    return {"perform_time": stamp(folder.at + timedelta(days=8))}


def perform(folder: Folder, _flags: Flags) -> Said:
    done = pb.EnforcementExecution(
        how="示例：机械清运，人工清扫",
        residents_supplied=True,
        supervisors=folder.officers,
        peaceful=True,
    )
    return {"execution": done}


def claim(folder: Folder, _flags: Flags) -> Said:
    return {
        "amount": Money(fen=COST),
        "reckoning": "示例：人工、机械、运输费用合计",
        "bill": "示例：清障公司发票",
        "term_end_time": stamp(folder.at + timedelta(days=15)),
        "remedies": REMEDIES,
        "receipt": "示例：代履行费用决定书送达回证",
    }


def paid(folder: Folder, _flags: Flags) -> Said:
    return {"amount": Money(fen=COST), "bank_reference": f"示例银行{folder.case_id[-12:]}-D"}


DUTY: Mapping[str, Beside] = MappingProxyType(
    {
        "BeginDutyEnforcement": Beside(OFFICER, of_case),
        "DemandBeforeEnforcement": Beside(CLERK, of_own, demand),
        "DecideEnforcement": Beside(HEAD, of_own, decide),
        "ServeEnforcementDecision": Beside(CLERK, of_own, always(receipt="示例：代履行决定书送达回证")),
        "ScheduleSubstitute": Beside(UNIT, of_own, schedule),
        "DemandBeforeSubstitute": Beside(CLERK, of_own, always(receipt="示例：代履行前催告送达回证")),
        "StartSubstitute": Beside(OFFICER, of_own, perform),
        "CompleteEnforcement": Beside(OFFICER, of_own, always(record="示例：代履行笔录", signers=SIGNERS)),
        "ClaimSubstituteCosts": Beside(HEAD, of_own, claim),
        "RecordSubstituteCosts": Beside(FINANCE, of_own, paid),
    }
)
