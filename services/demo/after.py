"""What the demonstration does after a decision and around an inquiry: slips put right, remedies, fines collected on the spot,
the court, the repair of credit, the archive.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import collection_pb2 as collections
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import stay_pb2 as stays
from yifa.enforcement.v1 import surcharge_pb2 as remedies

from services.demo.beside import CLERK, HEAD, OFFICER, UNIT, Beside, Said, always, of_case
from services.demo.folder import Folder, stamp

Flags = frozenset[str]
GOVERNMENT = "示例市人民政府"
# What may be collected on the spot however hard it would be to collect later, in fen (行政处罚法 68).
SMALL = 10_000
# How many calendar days a party is given to perform, after it was told to.
TERM = timedelta(days=15)
COURT_SAYS = {
    "accepted": courts.COURT_SAID_ACCEPTED,
    "ruled": courts.COURT_SAID_RULED,
    "enforced": courts.COURT_SAID_ENFORCED,
}
FINANCE = ("finance", "FINANCE")


def case_of(folder: Folder) -> cases.Case:
    assert folder.case is not None, f"{folder.story}: the first act of a case was not done"
    return folder.case


def serial(folder: Folder) -> int:
    """A number of the papers of others about a case."""
    return int(folder.case_id[-3:], 16) + 1


def of_court(folder: Folder) -> Said:
    return {"enforcement_id": folder.enforcement.enforcement_id}


def of_repair(folder: Folder) -> Said:
    return {"repair_id": folder.repair.repair_id}


# Slips of the pen, and an inquiry that stands still.


def slip(folder: Folder, _flags: Flags) -> Said:
    before = case_of(folder).violation.place
    return {
        "field": "violation.place",
        "before": before,
        "after": before.replace("号（", "号之一（"),
        "reason": "示例：录入时漏写门牌附号。",
        "proof": "示例：现场检查笔录",
    }


def put_right(folder: Folder, _flags: Flags) -> Said:
    waiting = case_of(folder).corrections[-1].correction_id
    return {"correction_id": waiting, "approved": True, "opinion": "示例：属于文字错误，同意更正。"}


def found_wrong(folder: Folder, _flags: Flags) -> Said:
    """What the agency itself finds wrong: half of the fine."""
    left = penalties.Penalty.FromString(case_of(folder).decision.penalty.SerializeToString())
    left.fine.fen //= 2
    return {
        "kind": cases.OUTCOME_KIND_CHANGED,
        "ground": cases.OWN_ERROR_GROUND_CONTENT,
        "reason": "示例：执法监督检查发现，当事人主动消除危害后果的情节未予认定，罚款数额偏高。",
        "proof": "示例：执法监督检查记录",
        "penalty": left,
    }


def own_decided(folder: Folder, _flags: Flags) -> Said:
    waiting = case_of(folder).own_corrections[-1].correction_id
    return {"correction_id": waiting, "approved": True, "opinion": "示例：情况属实，同意纠正。"}


SUSPENDED: Said = {
    "ground": cases.SUSPENSION_GROUND_RELATED_CASE,
    "cause": "示例：违法事实的认定须以相关案件的审理结果为依据，该案尚未审结。",
    "document": "示例：相关案件受理通知书",
}


# Remedies.


def reconsidered(folder: Folder, _flags: Flags) -> Said:
    document = f"示府行复受〔{folder.at:%Y}〕{serial(folder)}号"
    kind = remedies.REMEDY_KIND_RECONSIDERATION
    return {"kind": kind, "authority": GOVERNMENT, "document": document}


def stayed(folder: Folder, _flags: Flags) -> Said:
    return {
        "ordered_by": stays.STAY_AUTHORITY_RECONSIDERATION_BODY,
        "authority": GOVERNMENT,
        "document": f"示府行复停〔{folder.at:%Y}〕{serial(folder)}号",
        "ground": stays.STAY_GROUND_APPLICATION,
        "cause": "示例：申请人称执行将致其停业，行政复议机关认为其要求合理。",
    }


def ended(folder: Folder, flags: Flags) -> Said:
    """The reconsideration body leaves the decision as it is, takes a fifth off the fine, or has it decided anew."""
    said: Said = {
        "kind": cases.OUTCOME_KIND_UPHELD,
        "remedy": cases.REMEDY_RECONSIDERATION,
        "authority": GOVERNMENT,
        "document": f"示府行复〔{folder.at:%Y}〕{serial(folder)}号",
    }
    if "anew" in flags:
        said |= {"kind": cases.OUTCOME_KIND_ANNULLED, "anew": True}
        said["anew_until_time"] = stamp(folder.at + timedelta(days=60))
    if "changed" in flags:
        penalty = type(case_of(folder).decision.penalty)()
        penalty.CopyFrom(case_of(folder).decision.penalty)
        penalty.fine.fen = penalty.fine.fen * 4 // 5
        said |= {"kind": cases.OUTCOME_KIND_CHANGED, "penalty": penalty}
    return said


# Fines collected on the spot.


def collect(folder: Folder, _flags: Flags) -> Said:
    due = case_of(folder).decision.penalty.fine
    small = due.fen <= SMALL
    ground = collections.COLLECTION_GROUND_SMALL if small else collections.COLLECTION_GROUND_HARD_LATER
    cause = "" if small else "示例：当事人为流动经营，不当场收缴事后难以执行。"
    return {"ground": ground, "cause": cause, "amount": due, "receipt": folder.desk.receipt()}


def collected(folder: Folder, _flags: Flags) -> Said:
    return {"amount": case_of(folder).collection.amount}


def banked(folder: Folder, _flags: Flags) -> Said:
    return collected(folder, _flags) | {"bank_reference": f"示例银行{folder.case_id[-12:]}-C"}


# The court.


def demand(folder: Folder, _flags: Flags) -> Said:
    return {
        "manner": "缴至示例银行罚没专户",
        "term_end_time": stamp(folder.at + TERM),
        "rights_told": True,
        "receipt": "示例：催告书送达回证",
    }


def court_says(folder: Folder, flags: Flags) -> Said:
    [said] = flags
    return {"said": COURT_SAYS[said], "document": f"（{folder.at:%Y}）示0101行审{serial(folder)}号"}


async def begin(work: Callable[..., Any], folder: Folder) -> courts.CourtEnforcement:
    """The enforcement of a case: as the node began it by itself, else begun now. Raises AioRpcError."""
    head, clerk = (folder.desk.person("head"), "AGENCY_HEAD"), (folder.desk.person("clerk"), "CLERK")
    found = await work("ListCourtEnforcements", head, case_id=folder.case_id)
    for known in found.court_enforcements:
        return known  # type: ignore[no-any-return]
    begun = await work("BeginCourtEnforcement", clerk, case_id=folder.case_id)
    return begun.court_enforcement  # type: ignore[no-any-return]


# The repair of credit.


def ask_repair(folder: Folder, _flags: Flags) -> Said:
    return {
        "applicant": folder.party.name,
        "proofs": ["示例：罚款缴纳凭证", "示例：整改照片"],
        "promise": "示例：所提交材料真实、合法、有效，愿意承担违反承诺的责任。",
        "site_number": f"示例信修{folder.case_id[-6:]}",
    }


AFTER: Mapping[str, Beside] = MappingProxyType(
    {
        "CorrectRecord": Beside(CLERK, of_case, slip),
        "DecideCorrection": Beside(HEAD, of_case, put_right),
        "ProposeOwnCorrection": Beside(CLERK, of_case, found_wrong),
        "DecideOwnCorrection": Beside(HEAD, of_case, own_decided),
        "CorrectCredit": Beside(CLERK, of_case, always(receipt="示例：信用平台更正回执")),
        "SuspendInquiry": Beside(HEAD, of_case, always(**SUSPENDED)),
        "ResumeInquiry": Beside(HEAD, of_case, always(cause="示例：相关案件已经审结，裁判文书附卷。")),
        "RecordRemedy": Beside(CLERK, of_case, reconsidered),
        "RecordStay": Beside(CLERK, of_case, stayed),
        "RecordOutcome": Beside(CLERK, of_case, ended),
        "WithdrawPublication": Beside(
            CLERK,
            of_case,
            always(
                explanation="示例：原处罚决定已依法变更或者撤销，现撤回公开信息。",
                address="示例：行政执法信息公示平台",
            ),
        ),
        "CollectFine": Beside(OFFICER, of_case, collect),
        "HandInFine": Beside(FINANCE, of_case, collected),
        "BankFine": Beside(FINANCE, of_case, banked),
        "ArchiveCase": Beside(
            CLERK, of_case, always(checker="示例档案员", pages=46, note="示例：本卷材料齐全，装订完好。")
        ),
        "DemandPerformance": Beside(CLERK, of_court, demand),
        "ApplyToCourt": Beside(
            HEAD, of_court, always(court="示例市示例区人民法院", papers=courts.CourtPaper.values()[1:])
        ),
        "RecordCourtAnswer": Beside(CLERK, of_court, court_says),
        "ApplyForCreditRepair": Beside(CLERK, of_case, ask_repair),
        "ReceiveCreditRepair": Beside(CLERK, of_repair),
        "AcceptCreditRepair": Beside(UNIT, of_repair),
        "GrantCreditRepair": Beside(
            HEAD, of_repair, always(reasons="示例：最短公示期届满，义务已经完全履行，准予修复。")
        ),
        "RecordCreditAnswer": Beside(CLERK, of_repair),
    }
)
