"""The rules of services/law/procedures/penalty/discretion.py broken."""

from tests.law.penalty.change import Breaks, facts, penalised
from tests.law.penalty.known import benchmark

BREAKS: Breaks = {
    "band_stated": facts(benchmark=benchmark(bands=[])),
    "inside_band": penalised(fine=400_000_00),
    "departure_approved": penalised(
        fine=400_000_00, deviation_reason="情节特殊", deviation_approver="head-9"
    ),
    "within_statute": penalised(fine=500_000_01, deviation_reason="情节特殊", deviation_approver="head-2"),
}
