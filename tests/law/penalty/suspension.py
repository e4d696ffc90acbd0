"""The rules of services/law/procedures/penalty/suspension.py broken."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.law.penalty.change import Breaks, facts

BREAKS: Breaks = {
    "suspension_grounded": facts(
        suspension=cases.Suspension(
            ground=cases.SUSPENSION_GROUND_RELATED_CASE, cause="相关案件尚未审结", document=" "
        )
    ),
    "resumption_reasoned": facts(cause=" "),
}
