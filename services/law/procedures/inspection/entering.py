"""At the door: approval, code, notice, certificates; and the urgent visit that has no code yet (国办发〔2024〕54号)."""

from yifa.enforcement.v1.inspection_pb2 import INSPECTION_KIND_CLUE, InspectionCode

from services.law.areas import covers
from services.law.checkcode import sound
from services.law.moment import moment_at
from services.law.naming import names_article
from services.law.procedures.inspection.facts import InspectionFacts
from services.law.procedures.inspection.planning import LAW, OFFICERS, through_mechanism
from services.law.procedures.shared import certificate_shown, local, under
from services.law.rule import rule


@rule(
    "INSPECTION_NOT_APPROVED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="实施检查应当经行政执法主体负责人批准，不得仅由内设机构负责人批准。",
    en="The head has not approved the inspection. Have it approved first (ApproveInspection).",
)
def approved_by_head(f: InspectionFacts) -> bool:
    """The head of the body approves, not merely the head of a unit."""
    return moment_at(f.record, "approval.approve_time") is not None and bool(
        f.record.approval.approver.strip()
    )


@rule(
    "INSPECTION_CODE_WRONG",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="入企检查应当扫码或者亮码：未扫描检查码，或者所扫不是本次检查的检查码。",
    en="No inspection code was scanned, or it is not that of this inspection. Scan the code that the city gave.",
)
def code_scanned(f: InspectionFacts) -> bool:
    """The code that the city gave for this inspection is scanned at the enterprise."""
    scanned, given = f.handed_in().check_in.code.strip().upper(), f.given_code()
    return given is not None and sound(scanned) and scanned == given.code


def _validity(code: InspectionCode | None) -> dict[str, str]:
    times = (
        {"valid_from": moment_at(code, "valid_from"), "valid_until": moment_at(code, "valid_until")}
        if code
        else {}
    )
    return {name: local(at) for name, at in times.items() if at is not None}


@rule(
    "INSPECTION_CODE_EXPIRED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查码不在有效期内；需要改期的，重新申请检查码。",
    en="The inspection code is not good at this time. Call the inspection off, and open it for another day.",
    tells=lambda f: _validity(f.given_code()),
)
def code_runs(f: InspectionFacts) -> bool:
    """A code is good about the day for which it was given."""
    given = f.given_code()
    if given is None:
        return False
    begin, end = moment_at(given, "valid_from"), moment_at(given, "valid_until")
    return begin is not None and end is not None and begin <= f.at() < end


@rule(
    "INSPECTION_NOT_NOTICED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查前应当送达检查通知书，法律、法规、规章另有规定的除外；除外的应当载明条款。",
    en="The notice was not served, and no article is named that excuses it. Serve it, or name the article (unannounced_law).",
)
def noticed_or_excused(f: InspectionFacts) -> bool:
    """The enterprise is told before, unless an article, which is named, excuses it (GBF-2024-54)."""
    served = moment_at(f.record, "notice.serve_time")
    if served is not None and f.record.notice.receipt.strip():
        return served <= f.at()
    return names_article(f.handed_in().check_in.unannounced_law)


@rule(
    "SERVICE_PROOF_MISSING",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查通知书的送达应当有回证。",
    en="No receipt proves that the notice arrived. Name it (receipt).",
)
def notice_proved(f: InspectionFacts) -> bool:
    """That the notice arrived is proved."""
    return bool(f.handed_in().notice.receipt.strip())


@rule(
    "NOT_ON_INSPECTION",
    guard="G-65",
    warning="EW-09",
    law=OFFICERS,
    zh="入企检查的人员应当是经批准的检查人员。",
    en="Somebody who checks in is not among the officers approved for this inspection. Send those who are.",
    tells=lambda f: {
        "officers": ",".join(sorted(set(f.officer_ids()) - {o.officer_id for o in f.record.officers}))
    },
)
def approved_officers(f: InspectionFacts) -> bool:
    """Those go who were approved."""
    return set(f.officer_ids()) <= {o.officer_id for o in f.record.officers}


@rule(
    "NOT_ON_INSPECTION",
    guard="G-65",
    law=OFFICERS,
    zh="该行为应当由本次检查的检查人员办理。",
    en="The caller is not an officer of this inspection. The token's subject has to be the id of one of them.",
    tells=lambda f: {"person": f.caller()},
)
def by_inspectors(f: InspectionFacts) -> bool:
    """Only the officers of the inspection do this."""
    return f.caller() in {o.officer_id for o in f.record.officers}


@rule(
    "CROSS_AREA_INSPECTION",
    guard="G-67",
    warning="EW-24",
    law="GBF-2024-54;ASR-2025:11(2)[4]",
    zh="异地检查应当通过跨区域协作机制。",
    en="The place lies outside the area of the body, and no letter under the mechanism between areas is named. Name it.",
    tells=lambda f: {"area_code": f.place()},
)
def inside_or_through_mechanism(f: InspectionFacts) -> bool:
    """Outside the area an inspection goes only through the mechanism between areas (GBF-2024-54, ASR 11)."""
    body = f.own_body()
    return through_mechanism(f) or (body is not None and covers(body.area_code, f.place()))


@rule(
    "NOT_URGENT",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="未赋码先行检查的，仅限有已登记线索的紧急情况，并应当载明紧急事由、依据的条款和事先报告的负责人。",
    en="Without a code only on a registered clue, with what is urgent, the article and the head who was told. State them.",
    tells=lambda f: {"missing": ",".join(_lacking(f))},
)
def urgent_on_clue(f: InspectionFacts) -> bool:
    """Only an urgent clue lets an inspection begin at once; what is urgent, the article and the report are put on record."""
    return not _lacking(f)


def _lacking(f: InspectionFacts) -> list[str]:
    said = f.handed_in().urgency
    told = moment_at(said, "report_time")
    found = {
        "clue_case_id": f.record.kind == INSPECTION_KIND_CLUE and f.on_clue(),
        "urgency.cause": bool(said.cause.strip()),
        "urgency.law": names_article(said.law),
        "urgency.reported_to": bool(said.reported_to.strip()) and said.reported_to not in f.officer_ids(),
        "urgency.report_time": told is not None and told <= f.at(),
    }
    return [name for name, there in found.items() if not there]


@rule(
    "INSPECTION_CODE_GIVEN",
    guard="G-65",
    law=LAW,
    zh="已赋检查码的，应当扫码入企，不适用紧急情况先行检查。",
    en="The inspection has a code already. Check in with it (CheckIn).",
)
def no_code_yet(f: InspectionFacts) -> bool:
    """What has a code is begun with it."""
    return not f.record.code.code


@rule(
    "ALREADY_DONE",
    guard="G-65",
    law=LAW,
    zh="该检查不是未赋码先行实施的检查，或者已经补办审批。",
    en="The inspection did not begin without a code, or was approved already. There is nothing to make good.",
)
def to_be_made_good(f: InspectionFacts) -> bool:
    """What began urgently, and is not approved, is approved afterwards."""
    return f.record.HasField("urgency") and f.approved_before() is False


SHOWN = under(certificate_shown, "APL-2021:55(1);GBF-2024-54", guard="G-09 G-65")
