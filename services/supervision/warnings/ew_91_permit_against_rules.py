"""EW-91: an act of a permit broke a rule of its procedure."""

from collections.abc import Iterable

from services.law.moment import moment_of
from services.supervision.permit.judging import AGAINST_RULES, SeenPermit, breach_of, cited_here
from services.supervision.warning.catalogue import ORANGE, Finding, said, warning


@warning(
    "EW-91",
    ORANGE,
    law="ALIC-2019:60;ALIC-2019:72",
    zh="许可违反程序",
    en="Permit against the rules",
    watches="permit",
)
def against_rules(seen: SeenPermit) -> Iterable[Finding]:
    """An act of a permit that its department reported from a system of its own was found there to break a rule: here such an act
    would have been refused (ALIC 60, 72).
    """
    record = seen.record
    for breach in record.breaches:
        at = moment_of(breach.act_time)
        yield Finding(
            at=at,
            zh=f"{record.applicant.name}“{record.terms.title}”申请（{record.number}，{said(at)}）：{breach.text_zh}",
            en=f"The application {record.number} of {record.applicant.name} for {record.terms.title}, on {said(at)}: "
            f"{breach.text_en}",
            about=breach_of(breach),
            reason=AGAINST_RULES,
            law=cited_here(breach.law),
        )
