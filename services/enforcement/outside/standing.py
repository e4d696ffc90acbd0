"""The answer to a report: what is missing of a case, what was unlawful, what falls due next."""

from collections.abc import Iterable

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET

from services.enforcement.outside.judging import NotJudged
from services.kit.tx import Tx
from services.kit.view import View
from services.law.procedures.penalty import table_of
from services.law.procedures.penalty.stages import left_out


def standing(case: cases.Case, look: Tx | View, unknown: Iterable[NotJudged] = ()) -> pb.OutsideStanding:
    """How a case stands by what was reported of it."""
    table = table_of(case)
    moves = [table.named(each.act) for each in left_out(case)]
    return pb.OutsideStanding(
        case_id=case.case_id,
        system=case.origin.system,
        source_case=case.origin.source_case,
        state=case.state,
        missing=[
            pb.MissingStage(
                act=move.method,
                title_zh=move.title_zh,
                title_en=move.title_en,
                law=look.parameters.cited(move.law, case.sector, move.name),
            )
            for move in moves
        ],
        breaches=case.breaches,
        due=[d for d in case.deadlines if d.state != CLOCK_STATE_MET],
        not_judged=[
            pb.NotJudgedStage(act=method, reason=reason) for method, reason in dict.fromkeys(unknown)
        ],
        version=case.version,
    )
