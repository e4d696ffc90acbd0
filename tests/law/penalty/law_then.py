"""The rules of services/law/procedures/penalty/law_then.py broken."""

from tests.law.penalty.change import Breaks, case, facts
from tests.law.penalty.known import Known, benchmark

TO_COME = "《生态环境法典》第一千一百零七条"


def _no_reason(f: Known) -> None:
    """It rests on a law that ended, perhaps before the act: when that was is not known."""
    f.case.violation.law = "《行政处罚法（1996年）》第二十九条"
    f.case.violation.ClearField("occur_time")


BREAKS: Breaks = {
    "basis_was_law": case(lambda c: setattr(c.violation, "law", TO_COME)),
    "basis_holds": case(lambda c: setattr(c.violation, "law", TO_COME)),
    "documents_usable": case(lambda c: setattr(c.violation, "law", "示环规〔2020〕9号第三条")),
    "benchmark_usable": facts(benchmark=benchmark(document="示环规〔2020〕9号")),
    "benchmark_holds": facts(benchmark=benchmark(basis=TO_COME)),
    "law_chosen": _no_reason,
}
