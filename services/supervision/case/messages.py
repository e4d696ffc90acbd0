"""Rows, or the same columns of a select, as messages of the contract."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from yifa.supervision.v1 import case_view_pb2

from services.law.procedures.penalty import PENALTY
from services.supervision.beside.mirrored import KINDS

# What may not be known here, in Chinese; in English it is what stands in the row.
UNKNOWN_ZH: Mapping[str, str] = {
    "when the act was done": "行为的时间",
    "who did the act": "行为由何人实施",
    "in which role the act was done": "行为人以何种身份实施",
    "how evidence was taken": "证据如何收集",
    "what was done on the spot before the decision": "当场处罚决定前办理了哪些手续",
    "which recusal it is": "所涉回避申请",
    "the receiving body": "接收主体的情况",
    "which amounts held on that day": "当日适用的数额标准",
    "which field and acts the certificate has to cover": "执法证件应当涵盖的领域和行为种类",
    "the certificate may be on its way": "执法证件信息可能尚未到达",
    "how the body stood": "执法主体的资格",
    "what the power list of the body held": "该主体权责清单的内容",
    "which seal the agency has": "该机关登记的印章",
    "to which bank the agency has fines paid": "该机关的罚款代收机构",
    "which band the department's benchmark gives": "该部门的裁量基准",
    "how the list of documents stood at the department": "该部门当时的规范性文件有效目录",
    "which case of the matter the department filed before": "该部门就同一事项先行立案的案件",
    "which other cases the department has about the day": "该部门当日的其他案件",
    "which correction it is": "所涉更正事项",
    "which forms the body has used": "该主体已使用的决定书编号",
    "who heads the body": "该主体的负责人",
    "when the party was born": "当事人的出生日期",
    "whether the party was penalised before": "当事人此前是否受过行政处罚",
    "which papers were issued": "已制作哪些文书",
    "which evidence the case has": "案件有哪些证据",
    "how the case stood": "案件当时的情况",
    "whether a crime was suspected in the case": "本案是否涉嫌犯罪",
    "which measures of the case are open": "本案强制措施是否处理完毕",
    "which receipts the finance department issued": "财政部门发放的票据",
    "for which fines receipts were given": "票据的使用情况",
    "how the enforcement of the case stood": "本案强制执行的情况",
    "the record before the act": "行为之前的案件记录",
}


@cache
def titles() -> Mapping[str, tuple[str, str]]:
    """The titles of acts, by the method that does them."""
    tables = (*PENALTY.tables, *(kind.table for kind in KINDS.values()))
    moves = (move for table in tables for move in table.moves)
    return {move.method: (move.title_zh, move.title_en) for move in moves}


def not_judged_message(listed: Mapping[str, str]) -> case_view_pb2.NotJudged:
    """A rule that could not be judged."""
    zh, en = titles().get(listed["act"], ("", ""))
    return case_view_pb2.NotJudged(
        act=listed["act"],
        title_zh=zh,
        title_en=en,
        reason=listed["reason"],
        about=listed["about"],
        why_zh=UNKNOWN_ZH.get(listed["why"], listed["why"]),
        why_en=listed["why"],
    )


def summary_message(row: Any) -> case_view_pb2.CaseSummary:
    """A line of the list of cases; its next clock and its open warnings are filled in by the caller."""
    return case_view_pb2.CaseSummary(
        case_id=row.case_id,
        case_number=row.case_number,
        node=row.node,
        body_name=row.body_name,
        party_name=row.party_name,
        violation_title=row.violation_title,
        state=row.state,
        procedure=row.procedure,
        fine={"fen": row.fine},
        file_time=row.file_time,
        update_time=row.update_time,
        major=row.major,
        area_code=row.area_code,
        late_entries=row.late_entries,
    )
