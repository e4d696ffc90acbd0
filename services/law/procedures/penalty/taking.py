"""How evidence is taken: where a piece comes from, minutes of what was seen, samples, monitoring devices (APL 41, 55(2), 56; SAMR
28, 31).
"""

import re

from yifa.enforcement.v1.case_pb2 import EvidenceKind
from yifa.enforcement.v1.evidence_pb2 import EvidenceOrigin, SiteMinutes

from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

_THINGS = EvidenceKind.EVIDENCE_KIND_PHYSICAL
# Of these it is always said where the piece comes from.
OF_ORIGIN = frozenset(
    {_THINGS, EvidenceKind.EVIDENCE_KIND_AUDIO_VISUAL, EvidenceKind.EVIDENCE_KIND_ELECTRONIC_DATA}
)
_SAMPLE, _DEVICE = EvidenceOrigin.EVIDENCE_ORIGIN_SAMPLE, EvidenceOrigin.EVIDENCE_ORIGIN_MONITORING_DEVICE
_ORIGINS = frozenset(EvidenceOrigin.values()) - {EvidenceOrigin.EVIDENCE_ORIGIN_UNSPECIFIED}
# Words by which the title or the source of a piece says itself what it is.
_BY_WORDS = {
    _SAMPLE: re.compile("抽样|抽检|采样|样品"),
    _DEVICE: re.compile("电子技术监控|电子监控设备|电子警察|抓拍|卡口|测速仪|非现场执法"),
}
SAMPLERS = "sampling.qualified"
"""The switch of the layers that says whether who samples has to be qualified."""


@rule(
    "EVIDENCE_ORIGIN_MISSING",
    guard="G-13 G-17",
    warning="EW-33",
    law="APL-2021:46;APL-2021:41(1);APL-2021:56",
    zh="物证、视听资料、电子数据应当载明取得方式：抽样、电子技术监控设备记录、执法人员制作、他人提供等；载明的方式应当与抽样、监控情况及名称、来源一致。",
    en="It is not said how the thing, film or data was got (origin), or that does not agree with what is told of a sample "
    "(sampling), of a device (monitoring), or with title and source. State it.",
)
def origin_stated(f: PenaltyFacts) -> bool:
    """Of a thing, a film or data it is said how it was got; a sample is told of as one, and so is what a device recorded."""
    piece = f.collected()
    words = f"{piece.title} {piece.source}"
    if piece.kind not in OF_ORIGIN:
        return True
    told = {_SAMPLE: f.sampling() is not None, _DEVICE: f.monitoring() is not None}
    called = all(piece.origin == of or not said.search(words) for of, said in _BY_WORDS.items())
    return (
        piece.origin in _ORIGINS
        and called
        and all((piece.origin == of) == there for of, there in told.items())
    )


def _minutes(f: PenaltyFacts) -> SiteMinutes | None:
    """The minutes of a site record; empty ones where there are none, None of evidence of another kind."""
    piece = f.collected()
    return piece.site_minutes if piece.kind == EvidenceKind.EVIDENCE_KIND_SITE_RECORD else None


@rule(
    "RECORD_MISSING",
    guard="G-14",
    warning="EW-33",
    law="APL-2021:55(2);SAMR-2022:28",
    zh="勘验、检查应当制作笔录，载明地点和查明的情况。",
    en="The site record does not say where it was made, or what was found. State both (site_minutes).",
)
def site_minuted(f: PenaltyFacts) -> bool:
    """Of what is seen at a place minutes are made: where, and what was found."""
    made = _minutes(f)
    return made is None or bool(made.place.strip() and made.findings.strip())


@rule(
    "PARTY_NOT_CALLED",
    guard="G-14",
    warning="EW-33",
    law="SAMR-2022:28",
    zh="勘验、检查应当通知当事人到场；无法通知或者未到场的应当注明。",
    en="It is not said how the party was told to come, or neither who was there nor that nobody came. State it (site_minutes).",
)
def called_to_site(f: PenaltyFacts) -> bool:
    """The party is told to be there; who was is named, or it is noted that nobody came."""
    made = _minutes(f)
    return made is None or bool(made.told.strip() and (made.present.strip() or made.absence_note.strip()))


@rule(
    "RECORD_NOT_SIGNED",
    guard="G-14",
    warning="EW-33",
    law="SAMR-2022:28;SAMR-2022:43",
    zh="勘验笔录、现场笔录应当由办案人员、当事人签名或者盖章；当事人不到场或者拒绝签名的，应当注明情况并以录音、录像等方式记录。",
    en="The officers did not sign, or nobody signed for the party and that is not noted and recorded. State it (site_minutes), "
    "and hand in the recording where the party did not sign (file_id).",
)
def site_signed(f: PenaltyFacts) -> bool:
    """The officers and the party sign; a refusal or an absence is noted, and recorded in sound or film."""
    if (made := _minutes(f)) is None:
        return True
    noted = made.refusal_note.strip() or (made.absence_note.strip() and not made.present.strip())
    return made.officers_signed and bool(made.signature.strip() or (noted and f.evidence_kept()))


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
    "SAMPLER_NOT_QUALIFIED",
    guard="G-17",
    warning="EW-33",
    law="SAMR-2022:31(3)",
    zh="抽样机构应当是抽样之日在本机关抽样机构名录内、资质在有效期内的机构；依法应当由有资质的机构抽样的，不得载明没有此项要求。",
    en="By the list of institutions the one that is named was not qualified when the sample was taken, or the law asks for one "
    "that is. Name one that was (ListSamplingInstitutions), or enter it first (EnterSamplingInstitution).",
)
def sampler_listed(f: PenaltyFacts) -> bool:
    """Who samples where that takes a qualification was on the list with it on the day; the layers say where it does."""
    if (taken := f.sampling()) is None:
        return True
    return f.parameter(SAMPLERS, f.at()) == 0 if taken.unasked else f.sampler_then() is True


@rule(
    "MONITORING_NOT_REVIEWED",
    guard="G-13",
    warning="EW-33",
    law="APL-2021:41(1)",
    zh="电子技术监控设备记录之时，应当已在本机关设备台账登记，经过法制和技术审核且在有效期内，设置地点已向社会公布。",
    en="It is not said which device recorded it and when (monitoring.device, record_time), or by the register the device had "
    "not then passed its legal and its technical review, its place was not public, or it was taken down. Name a record of a "
    "device that was in order (ListMonitoringDevices).",
)
def device_reviewed(f: PenaltyFacts) -> bool:
    """What a device recorded is evidence when the register had it then, reviewed in law and technique, its place published."""
    if (record := f.monitoring()) is None:
        return True
    recorded = moment_at(record, "record_time")
    named = bool(record.device.strip()) and recorded is not None and recorded <= f.at()
    return named and f.device_then() is True


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
