"""Advance registration of evidence that may vanish."""

from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.advance_registration.facts import RegistrationFacts, RegistrationRecord
from services.law.procedures.advance_registration.rules import (
    approved_first,
    by_handling_officers,
    head_consented,
    held_now,
    inquiry_open,
    list_delivered,
    may_vanish,
    preserved_as_evidence,
    registered_by_now,
    things_listed,
    urgent_way_open,
)
from services.law.procedures.measure import rules as measure
from services.law.procedures.penalty import inquiry
from services.law.procedures.shared import under
from services.law.process import table

__all__ = ["ADVANCE_REGISTRATION", "RegistrationRecord"]

_NOBODY_ASIDE = under(measure.nobody_aside, "APL-2021:43(1)", warning="EW-33")
_ASK = (inquiry_open, by_handling_officers, _NOBODY_ASIDE, may_vanish)
_HEAD = under(shared.by_head, "APL-2021:56", guard="G-16")
_APPROVE = (_HEAD, inquiry_open, _NOBODY_ASIDE, may_vanish)
_ON_SITE = (
    registered_by_now,
    inquiry_open,
    by_handling_officers,
    _NOBODY_ASIDE,
    shared.two_officers,
    shared.certified,
    shared.not_suspended,
    inquiry.in_scope,
    measure.inside_area,
    shared.certificate_shown,
    things_listed,
    list_delivered,
)
_URGENT = under(
    shared.urgency_stated,
    "APL-2021:56;SAMR-2022:33(2);ENV-2023:32(2)",
    guard="G-16",
    reason="PREREG_NOT_APPROVED",
    warning="EW-33",
)
_WITHIN_A_DAY = under(
    shared.approved_within_a_day, "SAMR-2022:33(2);ENV-2023:32(2)", guard="G-16", warning="EW-33"
)
_IN_TIME = under(
    shared.term_runs,
    "APL-2021:56;SAMR-2022:35(2);ENV-2023:33(2);MOHURD-2022:19(4)",
    guard="G-16",
    warning="EW-33",
)
_OVER = under(shared.term_over, "SAMR-2022:35(2);ENV-2023:33(2);MOHURD-2022:19(4)", guard="G-16")
_CONFISCATED = under(
    measure.confiscation_decided,
    "SAMR-2022:35(1)[4];MOHURD-2022:19(3)[4];APL-2021:9[3]",
    guard="G-16",
    warning="EW-33",
)
_NOT_STAYED = under(shared.not_stayed, shared.not_stayed.law, warning="EW-33")
_DONE = "evidence.registration_decided"

# fmt: off
TABLE = table(
    "advance_registration",
    ("REQUEST", "", "REQUESTED", "APL-2021:56", _ASK,
     "HANDLING_OFFICER", ("报请先行登记保存", "Ask for the registration"),
     "evidence.registration_requested", "RequestRegistration"),
    ("APPROVE", "REQUESTED", "APPROVED", "APL-2021:56", _APPROVE,
     "AGENCY_HEAD", ("批准先行登记保存", "Approve the registration"),
     "evidence.registration_approved", "ApproveRegistration"),
    ("REFUSE", "REQUESTED", "REFUSED", "APL-2021:56", (),
     "AGENCY_HEAD", ("不予批准先行登记保存", "Refuse the registration"),
     "evidence.registration_refused", "RefuseRegistration"),
    ("REGISTER", "APPROVED", "REGISTERED", "APL-2021:56", (approved_first, *_ON_SITE),
     "HANDLING_OFFICER", ("先行登记保存", "Register the evidence"), "evidence.registered", "RegisterEvidence"),
    ("REGISTER_URGENTLY", "", "URGENT", "SAMR-2022:33(2);ENV-2023:32(2)",
     (may_vanish, urgent_way_open, head_consented, _URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("当场先行登记保存", "Register the evidence urgently"),
     "evidence.registered evidence.registered_urgently", "RegisterUrgently"),
    ("APPROVE_AFTERWARDS", "URGENT", "REGISTERED", "SAMR-2022:33(2);ENV-2023:32(2)", (_HEAD, _NOBODY_ASIDE, _WITHIN_A_DAY),
     "AGENCY_HEAD", ("补办先行登记保存批准", "Approve the registration afterwards"),
     "evidence.registration_approved", "ApproveRegistrationAfterwards"),
    ("PRESERVE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[1];ENV-2023:33(1)[1];MOHURD-2022:19(3)[1]",
     (_IN_TIME, by_handling_officers, preserved_as_evidence),
     "HANDLING_OFFICER", ("采取证据保全措施", "Preserve by copy or record"),
     f"{_DONE} evidence.registration_preserved", "PreserveRegistered"),
    ("SEND_TO_APPRAISAL", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[2];ENV-2023:33(1)[2];MOHURD-2022:19(3)[2]",
     (_IN_TIME, by_handling_officers),
     "HANDLING_OFFICER", ("先行登记保存证据送检验鉴定", "Send what is registered to appraisal"),
     f"{_DONE} evidence.registration_appraised", "AppraiseRegistered"),
    ("SEAL_OR_SEIZE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[3];ENV-2023:33(1)[3];MOHURD-2022:19(3)[3]",
     (_IN_TIME, _NOBODY_ASIDE, held_now),
     "AGENCY_HEAD", ("转为查封、扣押", "Seal or seize what is registered"),
     f"{_DONE} evidence.registration_seized", "SeizeRegistered"),
    ("CONFISCATE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[4];MOHURD-2022:19(3)[4]",
     (_IN_TIME, _NOBODY_ASIDE, _CONFISCATED, _NOT_STAYED),
     "AGENCY_HEAD", ("没收先行登记保存物品", "Confiscate what is registered"),
     f"{_DONE} evidence.registration_confiscated", "ConfiscateRegistered"),
    ("RELEASE", "URGENT REGISTERED", "RELEASED", "SAMR-2022:33;SAMR-2022:35(1)[5];ENV-2023:33(1)[4];MOHURD-2022:19(3)[5]", (),
     "AGENCY_HEAD", ("解除先行登记保存", "Release what is registered"),
     f"{_DONE} evidence.registration_released", "ReleaseRegistered"),
    ("LAPSE", "URGENT REGISTERED", "RELEASED", "SAMR-2022:35(2);ENV-2023:33(2);MOHURD-2022:19(4)", (_OVER,),
     "SYSTEM", ("先行登记保存逾期自动解除", "The registration lapses"),
     f"{_DONE} evidence.registration_released evidence.registration_lapsed"),
    titles=("证据先行登记保存", "Advance registration of evidence"),
    ends="REFUSED DISPOSED RELEASED",
)
# fmt: on
ADVANCE_REGISTRATION = Procedure("advance_registration", RegistrationFacts, TABLE)
