"""From when the time to apply for reconsideration runs, by the way in which the act reached the party (RIR 23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import ServiceMethod

from services.law.term import When, day_of, moment


@dataclass(frozen=True)
class Start:
    """What begins the term: the article, and the moment in both languages."""

    law: str
    zh: str
    en: str


ON_THE_SPOT = Start("RIR-2026:23(1)[1]", "当场作出行政行为之日", "the day on which it was made on the spot")
TOLD_LATER = Start(
    "RIR-2026:23(1)[6]", "收到补充告知的通知之日", "the day on which the later notice was received"
)
SHOWN = Start(
    "RIR-2026:23(2)", "证据证明其知道或者应当知道之日", "the day on which evidence shows that the party knew"
)
BY_SERVICE: Mapping[int, Start] = MappingProxyType(
    {
        ServiceMethod.SERVICE_METHOD_DIRECT: Start(
            "RIR-2026:23(1)[2]", "受送达人签收之日", "the day on which the party signed for it"
        ),
        ServiceMethod.SERVICE_METHOD_LEFT: Start(
            "RIR-2026:23(1)[2]", "受送达人拒绝签收之日", "the day on which the party refused to sign"
        ),
        ServiceMethod.SERVICE_METHOD_ELECTRONIC: Start(
            "RIR-2026:23(1)[4]",
            "到达受送达人指定的特定系统之日",
            "the day on which it arrived in the system named",
        ),
        ServiceMethod.SERVICE_METHOD_POST: Start(
            "RIR-2026:23(1)[3]",
            "受送达人在邮件签收单上签收之日",
            "the day on which the party signed for the letter",
        ),
        ServiceMethod.SERVICE_METHOD_PUBLIC_NOTICE: Start(
            "RIR-2026:23(1)[5]", "公告规定的期限届满之日", "the day on which the time of the notice ended"
        ),
    }
)


def known_from(served: When, *, told: When | None = None, shown: When | None = None) -> When:
    """The moment from which the sixty days run: that of service as its way says, later where the act was only told of later
    (`told`), earlier where evidence shows that the party knew of it (`shown`).
    """
    first = served if told is None or moment(told) < moment(served) else told
    return first if shown is None or day_of(shown) > day_of(first) else shown
