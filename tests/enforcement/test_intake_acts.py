"""Every act of which a stage may tell: alone, in time and late, it is taken, announced and never an error of the service."""

from datetime import timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.stay_pb2 import STAY_AUTHORITY_COURT

from services.enforcement.outside.stage import ASKED
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.samples import CLERK, stamp
from tests.enforcement.stages_told import SERIAL, new_record, report, stage_of
from tests.law.records import DAY, FIRST

# What an act cannot do without, and what makes it tell something.
SAID: dict[str, Any] = {
    "register_clue": {"summary": "举报"},
    "decline_clue": {"cause": "没有违法事实"},
    "terminate_case": {"cause": "当事人死亡"},
    "submit_report": {"proposal": {"kinds": [3], "fine": {"fen": 100}}},
    "transfer_case": {"body_id": "B-2", "cause": "管辖"},
    "dispute_transfer": {"cause": "无管辖权"},
    "conclude_review": {"opinion": "退回"},
    "make_spot_decision": {"penalty": {"kinds": [3], "fine": {"fen": 100}}, "officer_ids": ["O-1", "O-2"]},
    "assign_officers": {"officer_ids": ["O-1", "O-2"]},
    "record_evidence": {"title": "照片", "kind": 1, "collector_ids": ["O-1"], "rights_told": True},
    "verify_evidence": {"evidence_id": "1", "relied": True, "how": "与原件核对"},
    "exclude_evidence": {"evidence_id": "1", "ground": 1, "reason": "以欺骗手段取得"},
    "withhold_publication": {"ground": 1, "reason": "国家秘密"},
    "record_payment": {"amount": {"fen": 100}},
    "record_refund": {"amount": {"fen": 100}, "bank_reference": "R-1"},
    "record_remedy": {"kind": 1, "authority": "示例市人民政府", "document": "受理通知书1号"},
    "record_remedy_end": {"end": 1, "document": "复议决定书1号"},
    "record_stay": {
        "ordered_by": 1,
        "authority": "示例市人民政府",
        "document": "停止执行1号",
        "ground": 3,
        "cause": "损失难以弥补",
    },
    "record_stay_end": {"stay_document": "停止执行1号", "document": "恢复执行1号"},
    "record_performance": {"kind": 4, "proof": "处理单"},
    "request_recusal": {"officer_id": "O-1", "asker": 1, "cause": "近亲属"},
    "decide_recusal": {"recusal_id": "1", "granted": True, "reason": "属实"},
    "publish_decision": {"address": "门户网站", "redactions": [{"passage": "x", "ground": 1}]},
    "record_outcome": {
        "kind": 3,
        "remedy": 2,
        "authority": "示例市人民政府",
        "document": "示府行复〔2026〕8号",
    },
    "propose_own_correction": {"kind": 2, "ground": 1, "reason": "主要证据不足", "proof": "执法监督检查记录"},
    "decide_own_correction": {"correction_id": "1", "approved": False, "opinion": "不成立"},
    "correct_credit": {"receipt": "信用回执1号"},
    "appoint_hearing_panel": {
        "host": "host-1",
        "listeners": ["listener-1", "listener-2"],
        "clerk": "minutes-1",
    },
    "notify_hearing": {"hold_time": stamp(LATER), "place": "听证室", "receipt": "回证"},
    "announce_hearing": {"address": "公告栏"},
    "hold_hearing": {
        "record": "听证笔录",
        "minutes": {"officers_spoke": True, "party_spoke": True, "signed": True},
    },
    "end_hearing": {"end": 2, "record": "当事人未到场"},
    "report_hearing": {"report": "听证报告"},
    "decide_deferral": {"approved": True, "instalments": [{"amount": {"fen": 1}, "due_time": stamp(LATER)}]},
}


def told(record: cases.Case, name: str, source_case: str, day: float) -> pb.OutsideStage:
    stage = stage_of(record, name, source_case)
    getattr(stage, name).MergeFrom(type(getattr(stage, name))(**SAID.get(name, {})))
    if name == "record_payment":
        stage.record_payment.bank_reference = f"B-{next(SERIAL)}"
    stage.act_time.CopyFrom(stamp(FIRST + day * DAY))
    return stage


@pytest.mark.parametrize("name", ASKED)
async def test_each_act_is_taken_alone_and_late_and_changes_nothing_twice(
    world: Department, name: str
) -> None:
    record = new_record("summary" if name == "make_spot_decision" else "ordinary")
    source_case = f"{name}-{next(SERIAL)}"
    stages = [told(record, name, source_case, 10), told(record, "file_case", source_case, 5),
              told(record, name, source_case, 3), told(record, "close_case", source_case, 20)]  # fmt: skip

    standing = await report(world, *stages)

    case = await world.case(standing.case_id)
    told_of = world.names(standing.case_id)
    assert case.origin.reordered and len(told_of) >= 5
    for breach in standing.breaches:
        assert breach.law and breach.text_zh and breach.text_en, breach
    again = await world.do("ReportStage", CLERK, stage=stages[0])
    assert again.result.outcome == pb.STAGE_OUTCOME_KNOWN
    assert world.names(standing.case_id) == told_of


async def test_a_transfer_a_recusal_and_its_answer_stand_in_the_record(world: Department) -> None:
    record, source_case = new_record("ordinary"), f"案卷{next(SERIAL)}"
    ask = told(record, "request_recusal", source_case, 6)
    ask.stage_id = "1"
    stages = [
        told(record, "decide_recusal", source_case, 7),
        told(record, "transfer_case", source_case, 8),
        ask,
        told(record, "assign_officers", source_case, 5),
        told(record, "file_case", source_case, 4),
        told(record, "register_clue", source_case, 3),
    ]

    standing = await report(world, *stages)

    case = await world.case(standing.case_id)
    [recusal] = case.recusals
    assert recusal.state == cases.RECUSAL_STATE_GRANTED
    assert [o.officer_id for o in case.officers] == ["O-2"]
    assert (
        case.transfer.to_body_id == "B-2"
        and case.transfer.to_body_name
        and case.transfer.HasField("send_time")
    )
    assert case.state == cases.CASE_STATE_TRANSFERRED_OUT


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (3, 5, 0, 4, 2, 1)])
async def test_a_stay_and_its_remedy_stand_in_the_record_whatever_the_order(
    world: Department, order: tuple[int, ...]
) -> None:
    record, source_case = new_record("ordinary"), f"案卷{next(SERIAL)}"
    names = (
        "file_case",
        "serve_decision",
        "record_remedy",
        "record_stay",
        "record_stay_end",
        "record_remedy_end",
    )
    stages = [told(record, name, source_case, 4 + n) for n, name in enumerate(names)]

    standing = await report(world, *(stages[n] for n in order))

    case = await world.case(standing.case_id)
    [remedy], [stay] = case.remedies, case.stays
    assert (remedy.begin_time, remedy.end_time) == (stages[2].act_time, stages[5].act_time)
    assert (stay.begin_time, stay.end_time) == (stages[3].act_time, stages[4].act_time)
    assert (stay.end_document, remedy.end_document) == ("恢复执行1号", "复议决定书1号")
    of_these = {b.reason for b in standing.breaches if b.act.startswith(("RecordStay", "RecordRemedy"))}
    assert of_these <= {"ACT_NOT_OPEN"}  # nobody told of the decision


async def test_a_stay_beside_the_law_is_told(world: Department) -> None:
    """By the court while a reconsideration lasts, and by no order that is named."""
    record, source_case = new_record("ordinary"), f"案卷{next(SERIAL)}"
    stay = told(record, "record_stay", source_case, 7)
    stay.record_stay.ordered_by, stay.record_stay.document = STAY_AUTHORITY_COURT, ""

    standing = await report(
        world, told(record, "file_case", source_case, 4), told(record, "record_remedy", source_case, 6), stay
    )

    found = {b.reason for b in standing.breaches if b.act == "RecordStay"}
    assert {"STAY_NOT_SHOWN", "NO_REMEDY_LASTS"} <= found


async def test_what_was_done_before_the_law_of_today_starts_no_term_that_it_did_not_have(
    world: Department,
) -> None:
    record, source_case = new_record("ordinary"), f"案卷{next(SERIAL)}"
    stages = [
        told(record, name, source_case, -3650 + n) for n, name in enumerate(("file_case", "assign_officers"))
    ]

    standing = await report(world, *stages)

    assert not standing.breaches
    assert all(d.start_time.ToDatetime().year == (FIRST - timedelta(days=3650)).year for d in standing.due)
