"""After the visit: the record of what was found, what came of it, and that the enterprise and the public are told."""

from yifa.enforcement.v1.inspection_pb2 import RecordSignature

from services.law.moment import moment_at
from services.law.procedures.inspection.facts import InspectionFacts
from services.law.procedures.inspection.planning import LAW, outside
from services.law.rule import rule

# What has to be noted beside a signature that is not the party's.
NOTED = (RecordSignature.RECORD_SIGNATURE_REFUSED, RecordSignature.RECORD_SIGNATURE_WITNESS)


@rule(
    "RECORD_MISSING",
    guard="G-14 G-65",
    warning="EW-24",
    law="APL-2021:55(2);GBF-2024-54",
    zh="应当制作现场检查笔录，载明起止时间、在场人员、权利义务告知和检查情况，由被检查对象核对签名；拒绝签名或者由见证人签名的，应当注明。",
    en="The record lacks its times, who was there, what was found, that rights were told, or how it was confirmed. Complete it.",
    tells=lambda f: {"missing": ",".join(_lacking(f))},
)
def record_complete(f: InspectionFacts) -> bool:
    """A record is made, checked and signed by the party, or a witness or the refusal is noted on it."""
    return not _lacking(f)


def _lacking(f: InspectionFacts) -> list[str]:
    said = f.handed_in().site_record
    begin, end = moment_at(said, "start_time"), moment_at(said, "end_time")
    came = moment_at(f.record, "check_in.check_in_time")
    signed = said.signature == RecordSignature.RECORD_SIGNATURE_PARTY or (
        said.signature in NOTED and bool(said.signature_note.strip())
    )
    found = {
        "start_time": begin is not None and came is not None and came <= begin,
        "end_time": begin is not None and end is not None and begin <= end,
        "findings": bool(said.findings.strip()),
        "present": bool(said.present.strip()) or said.signature == RecordSignature.RECORD_SIGNATURE_WITNESS,
        "rights_told": said.rights_told,
        "signature": signed,
    }
    return [name for name, there in found.items() if not there]


@rule(
    "NOT_CORRECTED",
    guard="G-65",
    warning="EW-24",
    law="APL-2021:28(1)",
    zh="责令改正的事项经复查已经改正的，方可作出结果；复查情况应当载明。",
    en="Nothing says what was seen when the correction was verified. State it (verification), or refer what is not corrected.",
)
def correction_verified(f: InspectionFacts) -> bool:
    """What was ordered to be corrected is corrected, and it is said what shows it (APL 28(1))."""
    said = f.handed_in().correction
    return said.HasField("order_time") and bool(said.verification.strip())


@rule(
    "CORRECTION_TERM_MISSING",
    guard="G-65",
    warning="EW-24",
    law="APL-2021:28(1)",
    zh="责令改正应当载明改正期限，期限不得早于责令之时。",
    en="The term for the correction ends before it begins. Give a later one (due_time).",
)
def correction_has_term(f: InspectionFacts) -> bool:
    """An order to correct sets a term."""
    due = moment_at(f.handed_in().correction, "due_time")
    return due is not None and due > f.at()


@rule(
    "RESULT_NOT_STATED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查结果应当载明。",
    en="The result is not said. State it (text).",
)
def result_stated(f: InspectionFacts) -> bool:
    """The result of an inspection is put in words."""
    return bool(f.handed_in().conclusion.text.strip())


@rule(
    "CASE_LINK_MISSING",
    guard="G-65",
    warning="EW-24",
    law="APL-2021:54(1)",
    zh="转违法线索的，应当登记为线索并与检查相互关联。",
    en="What was found is not registered as a clue. Register it with the referral (ReferClue).",
)
def clue_linked(f: InspectionFacts) -> bool:
    """What is referred is registered as a clue that names the inspection, and the inspection names its case."""
    return bool(f.handed_in().case_id)


@rule(
    "RESULT_NOT_TOLD",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查结果应当告知企业，并有回证。",
    en="No receipt proves that the enterprise was told of the result. Name it (receipt).",
)
def telling_proved(f: InspectionFacts) -> bool:
    """The enterprise is told of the result."""
    return bool(f.handed_in().result_notice.receipt.strip())


@rule(
    "NOT_MADE_GOOD",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="紧急情况先行检查的，应当在检查结束后补办审批并取得检查码，方可告知、公开结果。",
    en="The inspection began without approval or code, and that is not made good. Have it approved, and ask for the code.",
)
def made_good(f: InspectionFacts) -> bool:
    """What began without a code is approved and has its code before its result is told."""
    return f.record.HasField("approval") and f.given_code() is not None


@rule(
    "CROSS_AREA_INSPECTION",
    guard="G-67",
    warning="EW-24",
    law="GBF-2024-54;ASR-2025:11(2)[4]",
    zh="检查地不在本主体区域以外的，无须异地检查备案。",
    en="The place lies in the area of the body. Record the inspection as one inside it.",
    tells=lambda f: {"area_code": f.place()},
)
def really_outside(f: InspectionFacts) -> bool:
    """What is filed as an inspection outside the area was one."""
    return outside(f)
