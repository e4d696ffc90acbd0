"""The yearly reports on rule-of-law government, said over the public API: that of the government on a year before this book."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.given.people import OVERSIGHT
from services.law.calendar import SHANGHAI

TEXT = {
    "measures": "示例：全面推行行政执法三项制度，执法人员全部持证上岗。",
    "shortcomings": "示例：案卷质量不够均衡，原因是基层法制审核力量不足。",
    "first_responsible": "示例：市政府主要负责人全年专题研究法治政府建设四次。",
    "corrections": "示例：督察反馈的三项问题已经整改三项。",
    "plans": "示例：开展行政执法案卷评查，充实法制审核人员。",
}
TO = (
    pb.REPORT_RECIPIENT_PARTY_COMMITTEE,
    pb.REPORT_RECIPIENT_CONGRESS,
    pb.REPORT_RECIPIENT_SUPERIOR_GOVERNMENT,
)
ADDRESS = "示例市人民政府网站法治政府建设专栏"


def of_government(year: int) -> dict[str, Any]:
    """What the government reported on a year, handed in and made public in the next."""
    return {
        "year": year,
        "document_number": f"示例府报〔{year + 1}〕2号",
        "text": TEXT,
        "recipients": TO,
        "submit_time": datetime(year + 1, 2, 20, 9, tzinfo=SHANGHAI),
        "address": ADDRESS,
        "publish_time": datetime(year + 1, 3, 20, 9, tzinfo=SHANGHAI),
    }


async def enter(say: Any, year: int) -> Any:
    """The legal office enters it; returns the report."""
    made = await say("city", "supervision", "EnterRuleOfLawReport", OVERSIGHT, **of_government(year))
    return made.rule_of_law_report
