"""From the clue to the end of the inquiry: what is filed, who acts in the field, what they collect (APL 36–55)."""

from services.law.moment import moment_at
from services.law.procedures.penalty.body import designated
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule


@rule(
    "NON_FILING_REASON_REQUIRED",
    guard="G-07",
    warning="EW-03",
    law="SAMR-2022:20",
    zh="不予立案应当说明理由。",
    en="No reason is given for not filing the clue. State it (cause).",
)
def cause_given(f: PenaltyFacts) -> bool:
    """A clue is not filed only for a stated reason."""
    return bool(f.cause().strip())


def _missing(f: PenaltyFacts) -> dict[str, str]:
    lacking = [("evidence", first_evidence), ("law", punishable)]
    return {"missing": ",".join(name for name, needed in lacking if not needed.holds(f))}


@rule(
    "FILING_CONDITIONS_NOT_MET",
    guard="G-06",
    warning="EW-33",
    law="SAMR-2022:19(1)[1]",
    zh="立案应当有证据初步证明存在违法行为：未载明随线索取得或者经核查取得的证据。",
    en="Nothing shows at first sight that the act happened. Hand in evidence that came with the clue or that its check found.",
    tells=_missing,
)
def first_evidence(f: PenaltyFacts) -> bool:
    """A case is filed when evidence, got with the clue or by its check, shows at first sight that the act happened."""
    return bool(f.case.clue.evidence)


@rule(
    "FILING_CONDITIONS_NOT_MET",
    guard="G-06",
    warning="EW-33",
    law="SAMR-2022:19(1)[2]",
    zh="立案的行为应当依法给予行政处罚：未载明违反的规定、裁量基准事项或者权责清单事项。",
    en="Nothing says that the act is to be penalised. Name the article, the benchmark item or the power item.",
    tells=_missing,
)
def punishable(f: PenaltyFacts) -> bool:
    """A case is filed about an act that is to be penalised: it names the article, the benchmark item or the power item."""
    violation = f.case.violation
    return bool(violation.law.strip() or violation.benchmark_id.strip() or f.case.item_id.strip())


@rule(
    "LIMITATION_EXPIRED",
    guard="G-05",
    warning="EW-33",
    law="APL-2021:36(1)",
    zh="违法行为超过追责时效才被发现，不再给予行政处罚。",
    en="The act was discovered after the limitation period and can no longer be penalised. Decline the clue.",
)
def within_limitation(f: PenaltyFacts) -> bool:
    """An act discovered after the limitation period is not penalised; another rule refuses one whose time is not stated.

    It is discovered once: by the body that transferred the case, where it was transferred. Where the record has no clue, it
    was discovered when the case was filed.
    """
    end = f.limitation_end()
    found = moment_at(f.case, "clue.discover_time") or moment_at(f.case, "clue.receive_time")
    return end is None or (found or f.at()) <= end


@rule(
    "OCCUR_TIME_MISSING",
    guard="G-05",
    warning="EW-33",
    law="APL-2021:36(2)",
    zh="应当载明违法行为发生之日，连续或者继续的载明终了之日，否则追责时效无从计算。",
    en="Nothing says when the act happened, or ended, so its limitation cannot be counted. State it (occur_time).",
)
def occur_time_stated(f: PenaltyFacts) -> bool:
    """Limitation runs from the day of the act, or of its end, so that day is stated."""
    return f.limitation_end() is not None


@rule(
    "ACTS_OUT_OF_ORDER",
    guard="G-05",
    warning="EW-33",
    law="APL-2021:36(2)",
    zh="违法行为尚未发生，不得立案或者当场处罚。",
    en="The act is said to happen later than this. Correct its time (occur_time).",
)
def happened(f: PenaltyFacts) -> bool:
    """What is filed or penalised on the spot has happened; where no time is stated another rule refuses."""
    occurred = moment_at(f.case, "violation.occur_time")
    return occurred is None or occurred <= f.at()


@rule(
    "NOT_ON_CASE",
    law="APL-2021:42(1)",
    zh="该行为应当由本案承办执法人员办理。",
    en="The caller is not a handling officer of this case. The token's subject has to be the id of an officer assigned to it.",
    tells=lambda f: {"person": f.caller()},
)
def by_handling_officers(f: PenaltyFacts) -> bool:
    """Only the handling officers of the case do this."""
    return f.on_case()


@rule(
    "NOT_ON_CASE",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="收集证据的人员应当是本案承办执法人员。",
    en="A collector named is not a handling officer of this case. Name those who are, or assign them first (AssignOfficers).",
    tells=lambda f: {"person": f.caller()},
)
def collected_on_case(f: PenaltyFacts) -> bool:
    """Evidence is collected by handling officers of the case."""
    return f.handling().issuperset(f.officer_ids())


@rule(
    "NOT_ON_CASE",
    warning="EW-09",
    law="APL-2021:52(1)",
    zh="当场处罚应当由在场的执法人员作出。",
    en="The caller is not among the officers named. Who decides on the spot is one of them.",
    tells=lambda f: {"person": f.caller()},
)
def by_officer_named(f: PenaltyFacts) -> bool:
    """Who decides on the spot is one of the officers who are there."""
    return f.caller() in f.officer_ids()


@rule(
    "CERTIFICATE_OUT_OF_SCOPE",
    guard="G-08",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="执法人员所持行政执法证件的领域或者行为种类不包括本案。",
    en="The certificate of an officer named does not cover the field of the body or penalties. Name one whose does.",
    tells=lambda f: {"officers": ",".join(p.officer_id for p in f.officers() if p.outside)},
)
def in_scope(f: PenaltyFacts) -> bool:
    """Every officer's certificate covers the field of the body and penalties."""
    return not any(p.outside for p in f.officers())


@rule(
    "CERTIFICATE_OUT_OF_AREA",
    guard="G-08",
    warning="EW-09",
    law="APL-2021:42(1);ASR-2025:11(2)[4]",
    zh="执法人员所持行政执法证件的执法区域不包括行为实施地；需要在外地调查的，应当请求当地行政机关协助。",
    en="The certificate of an officer named does not cover the place of the act. Ask the agency of that place to assist.",
    tells=lambda f: {
        "officers": ",".join(p.officer_id for p in f.officers() if p.elsewhere),
        "area_code": f.place(),
    },
)
def in_area(f: PenaltyFacts) -> bool:
    """Every officer's certificate covers the place of the act; elsewhere the agency of that place is asked to assist."""
    return designated(f.case) or not any(p.elsewhere for p in f.officers())


@rule(
    "RIGHTS_NOT_TOLD",
    guard="G-10",
    warning="EW-33",
    law="SAMR-2022:21(2)",
    zh="首次向当事人收集、调取证据的，应当告知其享有陈述权、申辩权以及申请回避的权利。",
    en="The party was not told of its rights before it was questioned. Tell it, and record that (rights_told).",
)
def rights_told(f: PenaltyFacts) -> bool:
    """Before the first evidence is taken from the party, it is told of its rights to answer and to ask for recusal."""
    return f.told_when_taken()


@rule(
    "EVIDENCE_INADMISSIBLE",
    guard="G-12",
    warning="EW-33",
    law="APL-2021:46",
    zh="证据应当载明来源，方能查证属实。",
    en="The evidence names no source, so nobody could verify it. State it (source).",
)
def admissible(f: PenaltyFacts) -> bool:
    """Evidence is verified before it counts, so it names its source; how many collect it is article 42's to say."""
    return bool(f.evidence_source().strip())


@rule(
    "RECORD_MISSING",
    guard="G-14",
    warning="EW-33",
    law="APL-2021:40",
    zh="没有任何证据记录，不得终结调查。",
    en="No evidence is recorded in this case. Record it before the inquiry ends (RecordEvidence).",
)
def evidence_recorded(f: PenaltyFacts) -> bool:
    """An inquiry does not end without evidence."""
    return f.case.evidence_count > 0
