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
    "SAMPLING_DEFECT",
    guard="G-17",
    warning="EW-33",
    law="SAMR-2022:31(1);SAMR-2022:31(2)",
    zh="抽样取证应当通知当事人到场；当事人未到场的应当注明。网络、电话购买取样的，应当保存全过程的记录。",
    en="The party was not told to come, or it is said neither who was there nor that nobody came; of what was bought, the "
    "recording is missing. State it (sampling), or hand in the recording (file_id).",
)
def sampled_before_party(f: PenaltyFacts) -> bool:
    """The party is told to be there when a sample is taken; of one that was bought, the recording is kept instead."""
    if (taken := f.sampling()) is None:
        return True
    if taken.bought:
        return f.evidence_kept()
    return bool(taken.told.strip() and (taken.present.strip() or taken.absence_note.strip()))


@rule(
    "SAMPLING_DEFECT",
    guard="G-17",
    warning="EW-33",
    law="SAMR-2022:31(1)",
    zh="抽样取证应当对样品加贴封条、开具清单，由当事人签名或者盖章；没有签名的应当注明。",
    en="The sample has no seal or no list, or nobody signed for the party and that is not noted. State it (sampling).",
)
def sample_sealed(f: PenaltyFacts) -> bool:
    """A sample is sealed and listed, and the party signs, or it is noted why not; what is bought it does not sign."""
    if (taken := f.sampling()) is None:
        return True
    signed = taken.bought or taken.signature.strip() or taken.signature_note.strip()
    return bool(taken.seal_number.strip() and taken.list_number.strip() and signed)


@rule(
    "SAMPLER_NOT_QUALIFIED",
    guard="G-17",
    warning="EW-33",
    law="SAMR-2022:31(3)",
    zh="对实施抽样机构的资质有明确要求的，应当委托相关机构抽取样品：应当载明抽样机构及其资质编号，没有此项要求的应当载明。",
    en="It is said neither which institution took the sample, with its qualification, nor that no law asks for one. "
    "State it (sampling.sampler, qualification, unasked).",
)
def sampler_qualified(f: PenaltyFacts) -> bool:
    """Where the law asks who samples to be qualified, an institution that is takes the sample."""
    if (taken := f.sampling()) is None:
        return True
    return taken.unasked or bool(taken.sampler.strip() and taken.qualification.strip())


@rule(
    "MONITORING_NOT_REVIEWED",
    guard="G-13",
    warning="EW-33",
    law="APL-2021:41(1)",
    zh="电子技术监控设备应当经过法制和技术审核，设置地点应当向社会公布。",
    en="The device, the papers of its legal and its technical review, its place or where the place is public is not named. State "
    "all of it (monitoring).",
)
def device_reviewed(f: PenaltyFacts) -> bool:
    """A monitoring device passed legal and technical review, and the public knows where it stands."""
    if (record := f.monitoring()) is None:
        return True
    said = (record.device, record.legal_review, record.technical_review, record.place, record.published_at)
    return all(each.strip() for each in said)


@rule(
    "MONITORING_NOT_REVIEWED",
    guard="G-13",
    warning="EW-33",
    law="APL-2021:41(2)",
    zh="电子技术监控设备的记录未经审核或者经审核不符合要求的，不得作为证据。",
    en="Nobody reviewed what the device recorded, or it was found unfit, or that was later than this. Have it reviewed first "
    "(monitoring.reviewer, review_time, fit).",
)
def monitoring_record_fit(f: PenaltyFacts) -> bool:
    """What a device recorded is evidence once somebody reviewed it and found it true, clear, complete and accurate."""
    if (record := f.monitoring()) is None:
        return True
    reviewed = moment_at(record, "review_time")
    return bool(record.fit and record.reviewer.strip()) and reviewed is not None and reviewed <= f.at()


@rule(
    "MONITORING_NOT_TOLD",
    guard="G-13",
    warning="EW-33",
    law="APL-2021:41(3)",
    zh="应当及时告知当事人电子技术监控设备记录的违法事实，并为其查询、陈述和申辩提供便利。",
    en="It is not said how the party was told of what the device recorded, and how it may look it up. Tell it (monitoring.told).",
)
def monitoring_told(f: PenaltyFacts) -> bool:
    """The party is told of what a device recorded, and may look it up and speak."""
    return (record := f.monitoring()) is None or bool(record.told.strip())


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
