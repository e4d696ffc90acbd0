"""Advance registration of evidence that may vanish."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.parameters import Layers
from services.law.procedure import Procedure
from services.law.procedures.papers import same_day
from services.law.procedures.shared import approved_within_a_day, term_over, term_runs, under, urgency_stated
from services.law.process import table
from services.law.rule import Facts, rule
from services.law.term import day_of


@dataclass(frozen=True)
class RegistrationRecord:
    """The record of an advance registration, with what the act hands in."""

    danger: str = ""
    """Why the evidence may vanish or be hard to get later."""
    urgency: str = ""
    consent_time: datetime | None = None
    """When the head agreed, by message too, to what was done before the paper."""
    register_time: datetime | None = None
    list_sign_time: datetime | None = None
    list_deliver_time: datetime | None = None
    notice_deliver_time: datetime | None = None


class RegistrationFacts(Facts):
    """The record of a registration with what the act hands in (`record`), and the node's own time."""

    record: RegistrationRecord
    now: datetime
    parameters: Layers

    def switch(self, key: str) -> int:
        """Whether what stands under a key is asked or allowed in the sector on the day of the act."""
        return self.parameters.value(key, day_of(self.at()), self.sector()).value

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the seven working days since the registration are over."""

    def urgently_done(self) -> datetime | None:
        return self.record.register_time


@rule(
    "PREREG_NOT_NEEDED",
    guard="G-16",
    law="APL-2021:56",
    zh="证据可能灭失或者以后难以取得的，方可先行登记保存；应当说明理由。",
    en="It is not said why the evidence may vanish or be hard to get later. State it (danger).",
)
def may_vanish(f: RegistrationFacts) -> bool:
    """Evidence is registered if it may vanish or be hard to get later (APL 56)."""
    return bool(f.record.danger.strip())


@rule(
    "PREREG_LIST_MISSING",
    guard="G-16",
    law="SAMR-2022:34(1)",
    zh="应当当场清点、开具清单并签名，交付清单和先行登记保存证据通知书。",
    en="The list is not signed, or list or notice were not delivered. Do so on the spot.",
)
def list_delivered(f: RegistrationFacts) -> bool:
    """The list is signed and delivered with the notice on the spot (SAMR 34(1))."""
    r = f.record
    return same_day(r.register_time, r.list_sign_time, r.list_deliver_time, r.notice_deliver_time)


@rule(
    "PREREG_NOT_APPROVED",
    guard="G-16",
    law="APL-2021:56",
    zh="先行登记保存应当先经行政机关负责人批准；本部门规章没有规定可以当场实施后补办批准。",
    en="No rule of the sector lets evidence be registered before the head approves. Ask for approval first (REQUEST).",
)
def urgent_way_open(f: RegistrationFacts) -> bool:
    """Without approval only where the sector's rules have a way for urgent cases (APL 56)."""
    return f.switch("preservation.urgent") == 1


@rule(
    "PREREG_NOT_APPROVED",
    guard="G-16",
    law="APL-2021:56",
    zh="情况紧急的，应当先以即时通讯等方式报经负责人同意，再当场实施。",
    en="The head did not agree before it was done. Ask by message, and go on when the head agrees (consent_time).",
)
def head_consented(f: RegistrationFacts) -> bool:
    """Where the sector's rules ask it the head agrees first, by message too."""
    if f.switch("preservation.consent_first") == 0:
        return True
    agreed, done = f.record.consent_time, f.record.register_time
    return agreed is not None and done is not None and agreed <= done


_URGENT = under(urgency_stated, "APL-2021:56;SAMR-2022:33(2)", guard="G-16", reason="PREREG_NOT_APPROVED")
_WITHIN_A_DAY = under(approved_within_a_day, "SAMR-2022:33(2)", guard="G-16")
_IN_TIME = under(term_runs, "APL-2021:56;SAMR-2022:35(2)", guard="G-16")
_OVER = under(term_over, "SAMR-2022:35(2)", guard="G-16")
_DONE = "evidence.registration_decided"

# fmt: off
TABLE = table(
    "advance_registration",
    ("REQUEST", "", "REQUESTED", "APL-2021:56", (may_vanish,),
     "HANDLING_OFFICER", ("报请先行登记保存", "Ask for the registration")),
    ("APPROVE", "REQUESTED", "APPROVED", "APL-2021:56", (),
     "AGENCY_HEAD", ("批准", "Approve")),
    ("REFUSE", "REQUESTED", "REFUSED", "APL-2021:56", (),
     "AGENCY_HEAD", ("不予批准", "Refuse")),
    ("REGISTER", "APPROVED", "REGISTERED", "APL-2021:56", (list_delivered,),
     "HANDLING_OFFICER", ("先行登记保存", "Register"), "evidence.registered"),
    ("REGISTER_URGENTLY", "", "URGENT", "SAMR-2022:33(2)", (may_vanish, urgent_way_open, head_consented, _URGENT, list_delivered),
     "HANDLING_OFFICER", ("当场先行登记保存", "Register urgently"),
     "evidence.registered evidence.registered_urgently"),
    ("APPROVE_AFTERWARDS", "URGENT", "REGISTERED", "SAMR-2022:33(2)", (_WITHIN_A_DAY,),
     "AGENCY_HEAD", ("补办批准", "Approve afterwards"), "evidence.registration_approved"),
    ("PRESERVE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[1]", (_IN_TIME,),
     "HANDLING_OFFICER", ("采取证据保全措施", "Preserve by copy or record"), _DONE),
    ("SEND_TO_APPRAISAL", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[2]", (_IN_TIME,),
     "HANDLING_OFFICER", ("送检验鉴定", "Send to appraisal"), _DONE),
    ("SEAL_OR_SEIZE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[3]", (_IN_TIME,),
     "AGENCY_HEAD", ("转为查封、扣押", "Seal or seize"), _DONE),
    ("CONFISCATE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[4]", (_IN_TIME,),
     "AGENCY_HEAD", ("没收", "Confiscate"), _DONE),
    ("RELEASE", "URGENT REGISTERED", "RELEASED", "SAMR-2022:33;SAMR-2022:35(1)[5]", (),
     "AGENCY_HEAD", ("解除", "Release"), f"{_DONE} evidence.registration_released"),
    ("LAPSE", "REGISTERED", "RELEASED", "SAMR-2022:35(2)", (_OVER,),
     "SYSTEM", ("逾期自动解除", "Lapse"), f"{_DONE} evidence.registration_released"),
    titles=("证据先行登记保存", "Advance registration of evidence"),
    ends="REFUSED DISPOSED RELEASED",
)
# fmt: on
ADVANCE_REGISTRATION = Procedure("advance_registration", RegistrationFacts, TABLE)
