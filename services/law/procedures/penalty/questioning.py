"""Questioning: the party and witnesses are heard one by one, on a record that they read and sign (APL 55(2); SAMR 29, 43)."""

from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule


@rule(
    "RECORD_MISSING",
    guard="G-14",
    warning="EW-33",
    law="APL-2021:55(2)",
    zh="询问应当制作笔录：当事人的陈述、证人证言应当载明被询问人及询问情况，本人书面提交的应当注明。",
    en="What a person said comes without a record of the questioning. State it (inquiry), or that it was handed in "
    "written (handed_in).",
)
def inquiry_told(f: PenaltyFacts) -> bool:
    """Of what the party or a witness answers a record is made that says who was questioned."""
    held = f.inquiry()
    return bool(held.person.strip()) if held is not None else not f.spoken()


@rule(
    "INQUIRY_NOT_ALONE",
    guard="G-14",
    warning="EW-33",
    law="SAMR-2022:29(1)",
    zh="询问应当个别进行，并载明询问的起止时间。",
    en="It is not said that the person was questioned alone, or from when to when. Question one after the other, and state both "
    "(inquiry.alone, begin_time, end_time).",
)
def heard_alone(f: PenaltyFacts) -> bool:
    """Who is questioned is questioned alone, in a time that ended when the record was made."""
    held = f.inquiry()
    if held is None:
        return True
    begun, ended = moment_at(held, "begin_time"), moment_at(held, "end_time")
    return held.alone and begun is not None and ended is not None and begun < ended <= f.at()


@rule(
    "INQUIRY_NOT_ALONE",
    guard="G-14",
    law="SAMR-2022:29(1)",
    zh="询问应当个别进行：同一执法人员在同一时间还询问了本案其他人员。",
    en="By the records of this case one of the officers questioned somebody else at that time. Correct it, or question anew.",
    tells=lambda f: {"people": ",".join(f.questioned_meanwhile())},
)
def heard_apart(f: PenaltyFacts) -> bool:
    """No officer questions two people of a case at one time."""
    return f.inquiry() is None or len(f.questioned_meanwhile()) == 0


@rule(
    "INQUIRY_NOT_SIGNED",
    guard="G-14",
    warning="EW-33",
    law="SAMR-2022:29(1);SAMR-2022:43",
    zh="询问笔录应当交被询问人核对或者向其宣读，并由其签名；拒绝签名的应当注明，并以录音、录像等方式记录。",
    en="The record was not read over, or nobody signed it and that is not noted and recorded. State it (inquiry), and hand in "
    "the recording where the person refused (file_id).",
)
def inquiry_signed(f: PenaltyFacts) -> bool:
    """The person reads the record and signs it, or the refusal is noted and recorded in sound or film."""
    held = f.inquiry()
    if held is None:
        return True
    refused = held.refusal_note.strip() and f.evidence_kept()
    return held.read_over and bool(held.signature.strip() or refused)
