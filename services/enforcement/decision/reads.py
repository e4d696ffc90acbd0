"""What a row of the law data weighed: the decisions that rest on it, and what it makes of them as it is now."""

from datetime import date

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1 import edition_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.outside.judging import OutsideFacts
from services.kit.clocks import receipt
from services.kit.touched import Asked, Page
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.penalty import PENALTY, table_of
from services.law.procedures.penalty.rows import thresholds_of, weighed_by
from services.law.rule import Unknown

CASES = Case.__table__
YES = (("否", "no"), ("是", "yes"))


def weighed(view: View, asked: Asked, size: int, token: str) -> Page:
    """The decisions that a row weighed, one page of them."""
    wanted = select(CASES.c.case_id, CASES.c.weighed, CASES.c.record).where(CASES.c.weighed.in_(asked.marks))
    rows, further = view.page(wanted, (CASES.c.case_id,), size, token)
    found = [(row.weighed, cases.Case.FromString(row.record)) for row in rows]
    return [decision(view, mark, case) for mark, case in found if rests(asked, mark, case)], further


def rests(asked: Asked, mark: str, case: cases.Case) -> bool:
    """Whether a decision rests on the row, as it is asked for."""
    mine = asked.row in thresholds_of(case) or asked.row in weighed_by(table_of(case))
    return mine and asked.met(mark, case.sector, decided_on(case))


def decision(view: View, mark: str, case: cases.Case) -> pb.Touched:
    zh, en = outcome(view, case)
    return pb.Touched(
        kind=pb.TOUCHED_KIND_EVALUATION,
        subject_id=case.case_id,
        case_number=case.case_number,
        about="MakeSpotDecision" if case.procedure == cases.PROCEDURE_SUMMARY else "MakeDecision",
        title_zh="处罚决定",
        title_en="Penalty decision",
        receipt=receipt(mark, thresholds_of(case)),
        told=case.service.HasField("serve_time"),
        outcome_zh=zh,
        outcome_en=en,
    )


def outcome(view: View, case: cases.Case) -> tuple[str, str]:
    """What was found of the penalty, and what would be by the law data that hold now for the day of the decision."""
    zh, en = YES[case.decision.major]
    heard_zh, heard_en = YES[case.notice.hearing_right_told]
    facts = OutsideFacts(
        view, case, case, PENALTY.named("MAKE_DECISION"), moment_of(case.decision.decide_time), None
    )
    try:
        (now_zh, now_en), (due_zh, due_en) = YES[facts.major()], YES[facts.hearing_due()]
    except (ValueError, Unknown):  # the amounts were not law yet
        return f"重大处罚：{zh}；告知听证权利：{heard_zh}", f"major: {en}; hearing offered: {heard_en}"
    return (
        f"重大处罚：原{zh}，现{now_zh}；告知听证权利：原{heard_zh}，现应告知{due_zh}",
        f"major: was {en}, is {now_en}; hearing: offered {heard_en}, due {due_en}",
    )


def decided_on(case: cases.Case) -> date:
    return moment_of(case.decision.decide_time).astimezone(SHANGHAI).date()
