"""The rules of supervision: triage, inquiry, documents, verification, objection, and what follows where nothing is put right."""

from services.law.fine_target import LAW as TARGETS
from services.law.procedures.supervision_order.facts import Finding, SupervisionDocument, SupervisionFacts
from services.law.rule import rule
from services.law.standing import Person

FEWEST_SUPERVISORS = 2


@rule(
    "SOURCE_UNKNOWN",
    law="ASR-2025:20(2);ASR-2025:9",
    zh="监督事项应当有线索来源：预警、备案、投诉应当在案；计划内检查应当注明执行中的监督计划、专项监督及其事项（被监督机关在列）；"
    "其他来源应当载明文号或者理由。",
    en="What the matter is opened from is not on record, no plan in force names the body in that item, or neither paper nor "
    "reason is named. Name what there is.",
)
def source_stands(f: SupervisionFacts) -> bool:
    """A matter is opened from something that is there: a warning, a filing, a complaint, a paper, a reason (ASR 20(2))."""
    return f.source_stands() is True


@rule(
    "UNIT_UNKNOWN",
    law="ASR-2025:2",
    zh="被监督机关应当是经确认的行政执法主体，所涉案件应当是该主体的案件。",
    en="The body is no confirmed one of that department, or the case is not its own. Name the body and its case.",
)
def unit_known(f: SupervisionFacts) -> bool:
    """Enforcement bodies are supervised (ASR 2), in cases of theirs."""
    return f.unit_known() is True


@rule(
    "NOT_IN_REMEDY",
    law="ASR-2025:33(3)",
    zh="符合行政复议、行政诉讼受理条件或者已经进入程序的，方可引导；有申请人的，应当告知。",
    en="The matter is in no remedy, or the person who asked was not told where to go. Accept it, or tell the person.",
)
def goes_to_remedy(f: SupervisionFacts) -> bool:
    """Only what belongs to reconsideration or a court is sent there, and a person who asked is told (ASR 33(3))."""
    told = f.record.person_tell_time is not None
    return f.in_remedy() is True and (told or f.person_asks() is False)


@rule(
    "NOT_FROM_WARNING",
    law="ASR-2025:22[1];ASR-2025:37(1)",
    zh="预警核查程序适用于由预警立项的监督事项。",
    en="The matter was not opened from a warning. Take the general or the simple track.",
)
def from_warning(f: SupervisionFacts) -> bool:
    """On the warning track the agency looks into what the system warned of, and explains (ASR 22[1], 37(1))."""
    return f.from_warning() is True


@rule(
    "OVERSIGHT_TOO_FEW",
    guard="G-83",
    law="ASR-2025:8;SH-SUP:20",
    zh="实施监督的人员不得少于两人。",
    en="Fewer than two supervisors act. Name at least two (supervisors), or another one beside you (ReplaceSupervisors).",
)
def two_supervisors(f: SupervisionFacts) -> bool:
    """At least two supervisors inquire and decide (ASR 8, SH-SUP 20)."""
    return len({s for s in f.record.supervisors if s.strip()}) >= FEWEST_SUPERVISORS


def _unfit(f: SupervisionFacts) -> dict[str, str]:
    wrong = ",".join(p.officer_id for p in f.people() if not holds_card(p))
    return {"person": wrong} if wrong else {}


def holds_card(person: Person) -> bool:
    """Whether somebody of the office held a certificate to supervise at the moment, not suspended, and covering it."""
    return person.fit is True and person.away is False


@rule(
    "SUPERVISOR_NOT_CERTIFIED",
    guard="G-83",
    law="ASR-2025:8;SH-SUP:20",
    zh="实施监督、作出监督处理的人员应当是监督机构的在册人员，行为时持有有效的行政执法监督证件。",
    en="Somebody who supervises here, or you yourself, held no certificate of the office to supervise in force at this moment. "
    "Let supervisors act who do, and name them (supervisors, ReplaceSupervisors).",
    tells=_unfit,
)
def supervisors_certified(f: SupervisionFacts) -> bool:
    """Each of those who supervise is of the office and holds its certificate at the moment of the act (ASR 8, SH-SUP 20)."""
    people = f.people()
    return bool(people) and all(holds_card(each) for each in people)


@rule(
    "MEASURE_NOT_RECORDED",
    law="ASR-2025:22",
    zh="采取监督措施应当记录对象、内容和结果。",
    en="It is not said what was done and what it brought to light. Record it (record).",
)
def measure_recorded(f: SupervisionFacts) -> bool:
    """What is done in an inquiry is put on record (ASR 22)."""
    return bool(f.record.measure.strip())


@rule(
    "SUP_DOC_INCOMPLETE",
    guard="G-80",
    law="ASR-2025:27(2);ASR-2025:28(2);ASR-2025:30",
    zh="监督文书应当载明事实、依据、纠正要求、时限、报送要求和提出异议的权利。",
    en="The document lacks facts, basis, correction, term, the duty to report or the right to object. Complete it.",
)
def document_complete(f: SupervisionFacts) -> bool:
    """It states facts, basis, the correction asked for, the term, the report and the right to object (ASR 27(2), 28(2), 30)."""
    d = f.record.document
    return _says(d) and d.term_days > 0 and bool(d.report_asked and d.objection_right_told)


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="责令纠正的内容不得下达或者变相下达罚款、罚没收入或者案件数量指标。",
    en="What is to be put right sets a target for fines, for what they bring in, or for how many cases there are. Take it out.",
)
def without_target(f: SupervisionFacts) -> bool:
    """Nobody is told to bring in more fines, or more cases (APL 74(3)); that somebody set a target may be stated as a fact."""
    return f.fine_target() is False


def _says(d: SupervisionDocument) -> bool:
    return all(text.strip() for text in (d.facts, d.basis, d.correction))


@rule(
    "SUP_DOC_INCOMPLETE",
    guard="G-80",
    law="ASR-2025:29",
    zh="监督决定书应当载明事实、依据和纠正要求。",
    en="The decision lacks facts, basis or correction. Complete it.",
)
def decision_complete(f: SupervisionFacts) -> bool:
    """The government's decision states facts, basis and the correction (ASR 29, which sets no term, asks for no report and leaves
    no objection to the oversight body)."""
    return _says(f.record.document)


@rule(
    "GOVERNMENT_PAPER_MISSING",
    law="ASR-2025:29",
    zh="人民政府的决定应当载明文号。",
    en="The paper by which the government decided is not named. Name it (document_number).",
)
def government_decided(f: SupervisionFacts) -> bool:
    """The government decides, and its paper shows it (ASR 29)."""
    return bool(f.record.authority_document.strip())


@rule(
    "INSTRUMENT_MISMATCH",
    guard="G-79",
    law="ASR-2025:27",
    zh="督办函适用于应当履行而未履行行政执法职责的情形。",
    en="The inquiry found no duty that is not done. Use the opinion for what is unlawful or clearly improper.",
)
def duty_not_done(f: SupervisionFacts) -> bool:
    """An urging letter is for a duty that is not done (ASR 27)."""
    return Finding.DUTY_NOT_DONE in f.record.findings


@rule(
    "INSTRUMENT_MISMATCH",
    guard="G-79",
    law="ASR-2025:28",
    zh="意见书适用于查明的违法或者明显不当的行政执法问题。",
    en="The inquiry found nothing unlawful or clearly improper. Use the urging letter for a duty that is not done.",
)
def unlawful_or_improper(f: SupervisionFacts) -> bool:
    """An opinion is for what is unlawful or clearly improper (ASR 28)."""
    return not {Finding.UNLAWFUL, Finding.CLEARLY_IMPROPER}.isdisjoint(f.record.findings)


@rule(
    "INSTRUMENT_MISMATCH",
    guard="G-79",
    law="ASR-2025:29",
    zh="决定书适用于重大问题，或者未按照督办函、意见书的要求履职、纠正的情形。",
    en="The matter is not major, and letter or opinion was not disobeyed. Use the letter or the opinion.",
)
def major_or_disobeyed(f: SupervisionFacts) -> bool:
    """A decision is for a major matter, or where letter or opinion was not obeyed (ASR 29)."""
    return f.record.major or f.not_obeyed()


@rule(
    "NOTHING_FOUND",
    law="ASR-2025:26",
    zh="查明问题的，方可提出处理建议、责令当场纠正。",
    en="The inquiry found nothing that would have to be corrected. State what it found (findings), or close the matter.",
)
def something_found(f: SupervisionFacts) -> bool:
    """What is to be corrected was found (ASR 26)."""
    return bool(f.record.findings)


@rule(
    "SERVICE_NOT_PROVED",
    law="ASR-2025:27;ASR-2025:28;ASR-2025:29",
    zh="监督文书应当送达，并有送达凭证。",
    en="No receipt shows that the document was served. Name it (receipt).",
)
def served(f: SupervisionFacts) -> bool:
    """The term runs from the service, which a receipt proves."""
    return bool(f.record.document.receipt.strip())


@rule(
    "NOT_CORRECTED",
    law="ASR-2025:26",
    zh="发现的问题已经纠正并经核实的，方可办结。",
    en="It was not verified that the matter is corrected. Verify it, or send the report back.",
)
def corrected(f: SupervisionFacts) -> bool:
    """What was found is corrected (ASR 26)."""
    return f.record.correct_time is not None


@rule(
    "OVERSIGHT_ROLE_CONFLICT",
    guard="G-83",
    law="ASR-2025:8;CITY-ERS:6(4)",
    zh="作出被监督行为的人员和制发监督文书的人员不得核实纠正情况。",
    en="Who verifies decided the act, took part in it, or issued the document; or nobody is named. Let somebody else verify.",
)
def verifier_apart(f: SupervisionFacts) -> bool:
    """That it is put right is verified by somebody who neither did the act nor issued the document (ASR 8, CITY-ERS 6(4))."""
    return _apart(f, f.record.verifier)


@rule(
    "OVERSIGHT_ROLE_CONFLICT",
    guard="G-83",
    law="ASR-2025:30;CITY-ERS:6(4)",
    zh="对监督处理结果的异议，应当由制发监督文书以外的人员处理。",
    en="Who decides on the objection issued the document, or nobody is named. Let somebody else decide.",
)
def examiner_apart(f: SupervisionFacts) -> bool:
    """An objection is examined by somebody who did not issue the document (ASR 30, CITY-ERS 6(4))."""
    return _apart(f, f.record.examiner)


def _apart(f: SupervisionFacts, person: str) -> bool:
    issuer = f.record.document.issuer
    return bool(person.strip()) and person != issuer and person not in f.involved()


@rule(
    "CORRECTED_ALREADY",
    law="ASR-2025:26",
    zh="未纠正到位的，方可退回，并应当说明理由。",
    en="The matter was verified as corrected, or it is not said what is missing. Close it, or give reasons.",
)
def not_corrected(f: SupervisionFacts) -> bool:
    """A report is sent back, with reasons, if the matter is not corrected: that nobody verified it is the lawful case
    (ASR 26)."""
    return f.record.correct_time is None and bool(f.record.reasons.strip())


@rule(
    "REPORT_INCOMPLETE",
    law="ASR-2025:27(2);ASR-2025:28(2)",
    zh="应当报送纠正情况。",
    en="The report does not say what was corrected. State it (report).",
)
def report_complete(f: SupervisionFacts) -> bool:
    """The report says what was corrected (ASR 27(2), 28(2))."""
    return bool(f.record.report.strip())


@rule(
    "NO_OBJECTION",
    law="ASR-2025:30",
    zh="没有待处理的异议。",
    en="No objection waits for an answer.",
)
def objection_open(f: SupervisionFacts) -> bool:
    """An objection is decided on when one was raised (ASR 30)."""
    return f.record.objection_open


@rule(
    "NOT_OVERDUE",
    law="ASR-2025:27(2);ASR-2025:28(2)",
    zh="时限尚未届满，或者已经报送。",
    en="The term is not over, or the report is there.",
)
def overdue(f: SupervisionFacts) -> bool:
    """It goes up when the term that the document sets is over and no report came (ASR 27(2), 28(2))."""
    return f.overdue() is True


@rule(
    "NOT_TO_BE_CIRCULATED",
    law="ASR-2025:31",
    zh="拒不落实行政执法制度或者行政执法行为存在突出问题的，方可通报或者向社会公布。",
    en="The agency obeyed in time, and no prominent problem is stated. State what stands out (prominent).",
)
def refused_or_prominent(f: SupervisionFacts) -> bool:
    """Made known is who refuses, or whose enforcement has prominent problems (ASR 31)."""
    return f.not_obeyed() or bool(f.record.prominent.strip())


@rule(
    "PERSON_UNKNOWN",
    law="ASR-2025:32",
    zh="处理建议应当针对被监督机关的行政执法人员提出，并指明有权机关。",
    en="The person is no officer of the supervised agency, or the competent body is not named. Name both.",
)
def officer_known(f: SupervisionFacts) -> bool:
    """A proposal is about an officer of the agency, and goes to the competent body (ASR 32)."""
    return f.officer_known() is True and bool(f.record.competent_body.strip())


@rule(
    "FACTORS_NOT_WEIGHED",
    law="ASR-2025:32",
    zh="提出人员处理建议应当综合考虑主客观原因、后果、纠正情况等因素。",
    en="Causes, consequences and what was corrected are not weighed. State them (factors).",
)
def factors_weighed(f: SupervisionFacts) -> bool:
    """Causes, consequences and what was corrected are weighed together (ASR 32)."""
    return bool(f.record.factors.strip())


@rule(
    "NO_PROPOSAL",
    law="ASR-2025:32",
    zh="没有待答复的人员处理建议。",
    en="There is no such proposal, or it was answered, or it is about another person.",
)
def proposal_open(f: SupervisionFacts) -> bool:
    """Answered is what was proposed (ASR 32)."""
    return f.proposal_open() is True


@rule(
    "RECEIVER_MISSING",
    law="ASR-2025:33(1);ASR-2025:20(3)",
    zh="应当载明接收机关和文号。",
    en="The body that it goes to, or the paper, is not named. Name both.",
)
def receiver_named(f: SupervisionFacts) -> bool:
    """What is handed over goes to a named body, by a paper (ASR 33(1), 20(3))."""
    return bool(f.record.competent_body.strip() and f.record.authority_document.strip())
