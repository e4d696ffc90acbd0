"""The rules that the law puts on registering evidence in advance, and on what becomes of it."""

from services.law.procedures.advance_registration.facts import RegistrationFacts
from services.law.procedures.papers import same_day
from services.law.procedures.shared import local
from services.law.rule import rule


@rule(
    "PREREG_NOT_NEEDED",
    guard="G-16",
    warning="EW-33",
    law="APL-2021:56",
    zh="证据可能灭失或者以后难以取得的，方可先行登记保存；应当说明理由。",
    en="It is not said why the evidence may vanish or be hard to get later. State it (danger).",
)
def may_vanish(f: RegistrationFacts) -> bool:
    """Evidence is registered if it may vanish or be hard to get later (APL 56)."""
    return bool(f.record.danger.strip())


@rule(
    "CASE_NOT_OPEN",
    guard="G-16",
    warning="EW-33",
    law="APL-2021:56",
    zh="先行登记保存应当在立案调查期间实施；尚未立案，或者已作出决定、已经终结的，不得采取。",
    en="The case is not filed yet, or it is decided or at an end. Evidence is registered while it is inquired into.",
)
def inquiry_open(f: RegistrationFacts) -> bool:
    """Evidence is registered while it is collected (APL 56)."""
    return f.case_open()


@rule(
    "NOT_ON_CASE",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="先行登记保存证据应当由本案承办执法人员实施。",
    en="Somebody who takes part does not handle this case. Name those who do, or assign them first (AssignOfficers).",
    tells=lambda f: {"officers": ",".join(sorted(f.taking_part() - f.handling()))},
)
def by_handling_officers(f: RegistrationFacts) -> bool:
    """Evidence is registered by the officers who handle the case."""
    return bool(f.taking_part()) and f.taking_part() <= f.handling()


@rule(
    "ACT_IN_FUTURE",
    law="APL-2021:47",
    zh="尚未实施的先行登记保存不得记录。",
    en="It is not said when it was registered, or that lies in the future. Record it after it was done (register_time).",
)
def registered_by_now(f: RegistrationFacts) -> bool:
    """A registration is recorded after it was done."""
    done = f.record.register_time
    return done is not None and done <= f.now


@rule(
    "PREREG_LIST_INCOMPLETE",
    guard="G-16",
    warning="EW-33",
    law="APL-2021:47;APL-2021:56",
    zh="清单应当逐项载明先行登记保存的证据名称和数量。",
    en="The list names nothing, or something without its name or number. Complete it (things).",
)
def things_listed(f: RegistrationFacts) -> bool:
    """What is registered is put on record, each thing with its name and number."""
    return bool(f.record.things) and all(t.name.strip() and t.quantity > 0 for t in f.record.things)


@rule(
    "PREREG_LIST_MISSING",
    guard="G-16",
    warning="EW-33",
    law="SAMR-2022:34(1);ENV-2023:32(3);MOHURD-2022:19(2)",
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
    warning="EW-33",
    law="APL-2021:56",
    zh="先行登记保存应当先经行政机关负责人批准。",
    en="It was done before the head approved it. In urgency, and where the sector has a way for it, register urgently.",
    tells=lambda f: {"approved": local(f.record.approve_time)} if f.record.approve_time else {},
)
def approved_first(f: RegistrationFacts) -> bool:
    """The head approves before evidence is registered (APL 56)."""
    approved, done = f.record.approve_time, f.record.register_time
    return approved is not None and done is not None and approved <= done


@rule(
    "PREREG_NOT_APPROVED",
    guard="G-16",
    warning="EW-33",
    law="APL-2021:56",
    zh="先行登记保存应当先经行政机关负责人批准；本部门规章没有规定可以当场实施后补办批准。",
    en="No rule of the sector lets evidence be registered before the head approves. Ask first (RequestRegistration).",
)
def urgent_way_open(f: RegistrationFacts) -> bool:
    """Without approval only where the sector's rules have a way for urgent cases (APL 56)."""
    return f.switch("preservation.urgent") == 1


@rule(
    "PREREG_NOT_APPROVED",
    guard="G-16",
    warning="EW-33",
    law="APL-2021:56",
    zh="情况紧急的，应当先以即时通讯等方式报经负责人同意，再当场实施。",
    en="The head did not agree before it was done. Ask by message, and go on when the head agrees (consent_time).",
)
def head_consented(f: RegistrationFacts) -> bool:
    """Where the sector's rules have an urgent way and ask it, the head agrees first, by message too."""
    if f.switch("preservation.urgent") == 0 or f.switch("preservation.consent_first") == 0:
        return True
    agreed, done = f.record.consent_time, f.record.register_time
    return agreed is not None and done is not None and agreed <= done


@rule(
    "PREREG_NOT_PRESERVED",
    guard="G-16",
    warning="EW-33",
    law="SAMR-2022:35(1)[1];ENV-2023:33(1)[1];MOHURD-2022:19(3)[1]",
    zh="采取记录、复制、拍照、录像等保全措施的，应当载明据此取得的本案证据。",
    en="No evidence of this case that was recorded since is named. Record the copy, photo or film first (RecordEvidence).",
)
def preserved_as_evidence(f: RegistrationFacts) -> bool:
    """What is preserved by copy or record is evidence of the case now (SAMR 35(1)[1])."""
    named = frozenset(f.record.evidence_ids)
    return bool(named) and named <= f.preserved()


@rule(
    "PREREG_NOT_SEIZED",
    guard="G-16",
    warning="EW-33",
    law="SAMR-2022:35(1)[3];ENV-2023:33(1)[3];MOHURD-2022:19(3)[3];ACL-2011:18",
    zh="转为查封、扣押的，应当先依照行政强制法的规定对清单所列物品实施查封、扣押。",
    en="No seal or seizure of this case holds all that is listed. Take the measure first (ExecuteMeasure).",
    tells=lambda f: {
        "things": ",".join(t.name for t in f.record.things if t.name not in f.held_by_measures())
    },
)
def held_now(f: RegistrationFacts) -> bool:
    """What is sealed or seized instead is held by a measure of the case, thing by thing."""
    return bool(f.record.things) and all(t.name in f.held_by_measures() for t in f.record.things)
