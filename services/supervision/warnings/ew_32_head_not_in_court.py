"""EW-32: no head of the body appeared in court, and none said why in writing."""

from collections.abc import Iterable

from yifa.supervision.v1.suit_pb2 import SUIT_LISTED_COURT, SUIT_LISTED_NONE

from services.law.moment import moment_of
from services.supervision.suit.judging import SeenSuit
from services.supervision.warning.catalogue import ORANGE, RED, Finding, said, warning


@warning(
    "EW-32",
    ORANGE,
    law="ALIT-2017:3(3);ALIT-JI-2018:129",
    zh="负责人未出庭应诉",
    en="Head not in court",
    watches="suit",
)
def head_not_in_court(seen: SeenSuit) -> Iterable[Finding]:
    """In a suit in which the head is called (ALIT-JI 129) no head whom the registry knows appeared, and no paper says why; in any
    suit nobody of the body appeared beside the lawyer (ALIT 3(3)), which is graver.
    """
    suit = seen.suit
    called = suit.listed not in (0, SUIT_LISTED_NONE) or bool(suit.suggested.strip())
    for n, heard in enumerate(suit.hearings):
        at = moment_of(heard.hold_time)
        excused = bool(heard.excuse.strip() and heard.excuse_document.strip())
        alone = not heard.heads_known and not heard.staff
        if heard.heads_known or not (alone or (called and not excused)):
            continue
        zh = "没有工作人员出庭，仅委托律师" if alone else "依法应当出庭的负责人没有出庭，也没有提交情况说明"
        en = (
            "nobody of the body appeared, or a lawyer alone"
            if alone
            else "no head appeared and none said why in writing"
        )
        asked = "（人民法院已书面建议）" if suit.listed == SUIT_LISTED_COURT else ""
        yield Finding(
            at=at,
            zh=f"{suit.body_name}在{suit.court}{suit.court_number}{said(at)}的庭审中{zh}{asked}。",
            en=f"At the hearing of {suit.court_number} at {suit.court} on {said(at)}, for {suit.body_name}: {en}.",
            about=f"hearing/{n}",
            reason="HEAD_NOT_IN_COURT",
            level=RED if alone else 0,
        )
