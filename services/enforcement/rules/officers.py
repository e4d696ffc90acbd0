"""What the law asks of officers in the field, and of what they collect. Pure."""

from services.enforcement.facts import Facts, designated
from services.law.process import rule


@rule("TOO_FEW_OFFICERS", law="APL-2021:42(1)", zh="执法人员不得少于两人。")
def two_officers(f: Facts) -> bool:
    """At least two officers act."""
    return f.officers is None or len({p.officer_id for p in f.officers}) >= 2


@rule(
    "TWO_CERTIFIED_OFFICERS",
    law="APL-2021:42(1)",
    zh="每名执法人员在实施该行为时均应持有有效的行政执法证件。",
)
def certified(f: Facts) -> bool:
    """Every officer named held a certificate in force at the moment of the act."""
    return f.officers is None or all(p.certified for p in f.officers)


@rule("CERTIFICATE_SUSPENDED", law="APL-2021:42(1)", zh="执法人员的行政执法证件在实施该行为时处于暂扣状态。")
def not_suspended(f: Facts) -> bool:
    """No officer named had a suspended certificate at the moment of the act."""
    return f.officers is None or not any(p.suspended for p in f.officers)


@rule(
    "CERTIFICATE_OUT_OF_SCOPE",
    law="APL-2021:42(1)",
    zh="执法人员所持行政执法证件的领域或者行为种类不包括本案。",
)
def in_scope(f: Facts) -> bool:
    """Every officer's certificate covers the field of the body and penalties."""
    return f.officers is None or not any(p.outside for p in f.officers)


@rule(
    "CERTIFICATE_OUT_OF_AREA",
    law="APL-2021:42(1);ASR-2025:12[1]",
    zh="执法人员所持行政执法证件的执法区域不包括行为实施地；需要在外地调查的，应当请求当地行政机关协助。",
)
def in_area(f: Facts) -> bool:
    """Every officer's certificate covers the place of the act; elsewhere the agency of that place is asked to assist."""
    return f.officers is None or designated(f.case) or not any(p.elsewhere for p in f.officers)


@rule("CERTIFICATE_NOT_SHOWN", law="APL-2021:55(1)", zh="执法人员应当主动出示执法证件。")
def certificate_shown(f: Facts) -> bool:
    """The officers show their certificates unasked."""
    return f.certificate_shown is not False


@rule(
    "RIGHTS_NOT_TOLD",
    law="SAMR-2022:21(2)",
    zh="首次向当事人收集、调取证据的，应当告知其享有陈述权、申辩权以及申请回避的权利。",
)
def rights_told(f: Facts) -> bool:
    """Before the first evidence is taken from the party, it is told of its rights to answer and to ask for recusal."""
    return f.rights_told is not False


@rule("EVIDENCE_INADMISSIBLE", law="APL-2021:46", zh="证据应当载明来源，并由两名以上执法人员收集。")
def admissible(f: Facts) -> bool:
    """Evidence names its source and the two officers who collected it."""
    enough = f.officers is None or len({p.officer_id for p in f.officers}) >= 2
    return enough and (f.source is None or bool(f.source.strip()))


@rule("RECORD_MISSING", law="APL-2021:40", zh="没有任何证据记录，不得终结调查。")
def evidence_recorded(f: Facts) -> bool:
    """An inquiry does not end without evidence."""
    return f.case.evidence_count > 0
