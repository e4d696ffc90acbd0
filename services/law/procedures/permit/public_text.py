"""What everybody may see of a decision on a permit: that it was granted, to whom, for how long, and whether it still holds (ALIC
5(2), 40; GBF-118 (6)). That one was refused is public too, and not who had applied.
"""

from collections.abc import Mapping
from types import MappingProxyType

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.party_pb2 import PARTY_AGE_OF_AGE, Party, PartyKind
from yifa.enforcement.v1.permit_held_pb2 import PERMIT_REVERSAL_KIND_REVOKE, PermitReversal
from yifa.enforcement.v1.permit_pb2 import Permit, PermitState
from yifa.enforcement.v1.publication_pb2 import (
    PUBLIC_KIND_PERMIT,
    PermitStanding,
    PublicDecision,
    PublicPermit,
)

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.public_text import PARTIES, hide, masked_name, put_text, withdrawn

STANDING: Mapping[int, PermitStanding] = MappingProxyType(
    {
        PermitState.PERMIT_STATE_REFUSED: PermitStanding.PERMIT_STANDING_REFUSED,
        PermitState.PERMIT_STATE_GRANTED: PermitStanding.PERMIT_STANDING_GRANTED,
        PermitState.PERMIT_STATE_ISSUED: PermitStanding.PERMIT_STANDING_VALID,
        PermitState.PERMIT_STATE_RENEWAL_ASKED: PermitStanding.PERMIT_STANDING_VALID,
        PermitState.PERMIT_STATE_RENEWAL_DECLINED: PermitStanding.PERMIT_STANDING_VALID,
        PermitState.PERMIT_STATE_LAPSED: PermitStanding.PERMIT_STANDING_LAPSED,
        PermitState.PERMIT_STATE_RECALLED: PermitStanding.PERMIT_STANDING_RECALLED,
        PermitState.PERMIT_STATE_DEREGISTERED: PermitStanding.PERMIT_STANDING_DEREGISTERED,
    }
)
SAID: Mapping[int, str] = MappingProxyType(
    {
        PermitStanding.PERMIT_STANDING_REFUSED: "不予许可",
        PermitStanding.PERMIT_STANDING_GRANTED: "准予许可，尚未颁发证件",
        PermitStanding.PERMIT_STANDING_VALID: "有效",
        PermitStanding.PERMIT_STANDING_LAPSED: "有效期届满",
        PermitStanding.PERMIT_STANDING_RECALLED: "已撤回",
        PermitStanding.PERMIT_STANDING_DEREGISTERED: "已注销",
    }
)


def public_permit(permit: Permit) -> PublicDecision:
    """What is public of a decided permit as it stands. Of one that was revoked, or is kept back, that it is public no more."""
    shown = PublicDecision(
        kind=PUBLIC_KIND_PERMIT, document_number=permit.decision.document_number, body_name=permit.body_name
    )
    if permit.HasField("withholding"):
        return withdrawn(shown, hide(permit.withholding.reason), permit.withholding.withhold_time)
    change = _change(permit)
    if change.kind == PERMIT_REVERSAL_KIND_REVOKE:
        return withdrawn(shown, f"该行政许可已被{change.document_number}撤销。", change.decide_time)
    if permit.decision.granted:
        shown.party_kind = permit.applicant.kind
        shown.party_name, shown.party_code = _named(permit.applicant), permit.applicant.credit_code
    shown.decide_time.CopyFrom(permit.decision.decide_time)
    shown.permit.CopyFrom(_permit(permit, change))
    return put_text(shown, _lines(shown))


def _named(holder: Party) -> str:
    """A person is masked, and named only where it is known to be of age."""
    if holder.kind == PartyKind.PARTY_KIND_ORGANISATION or holder.credit_code:
        return holder.name
    return masked_name(holder.name) if holder.age == PARTY_AGE_OF_AGE else ""


def _change(permit: Permit) -> PermitReversal:
    """The last decision by which it was revoked, recalled or altered; an empty one where there is none."""
    decided = [each for each in permit.reversals if each.HasField("decide_time")]
    return decided[-1] if decided else PermitReversal()


def _permit(permit: Permit, change: PermitReversal) -> PublicPermit:
    made = permit.certificate
    told = PublicPermit(
        title=permit.terms.title,
        granted=permit.decision.granted,
        certificate_number=made.number,
        standing=STANDING.get(permit.state, PermitStanding.PERMIT_STANDING_UNSPECIFIED),
        change_number=change.document_number,
    )
    for field, at in (("from_time", made.from_time), ("until_time", made.until_time)):
        if made.HasField(field):  # type: ignore[arg-type]
            getattr(told, field).CopyFrom(at)
    if permit.HasField("leaving"):
        told.change_time.CopyFrom(permit.leaving.leave_time)
    elif permit.HasField("lapse_time"):
        told.change_time.CopyFrom(permit.lapse_time)
    elif change.HasField("decide_time"):
        told.change_time.CopyFrom(change.decide_time)
    return told


def _day(at: Timestamp) -> str:
    return f"{moment_of(at).astimezone(SHANGHAI):%Y-%m-%d}"


def _lines(shown: PublicDecision) -> list[tuple[str, str]]:
    """The fields of a permit that the credit platforms exchange (双公示), in their order; a line without content is left out."""
    of = shown.permit
    return [
        ("行政许可决定书文号", shown.document_number),
        ("许可事项", of.title),
        ("行政相对人类型", PARTIES.get(shown.party_kind, "")),
        ("行政相对人名称", shown.party_name),
        ("统一社会信用代码", shown.party_code),
        ("许可决定", "准予行政许可" if of.granted else "不予行政许可"),
        ("许可证书编号", of.certificate_number),
        ("有效期自", _day(of.from_time) if of.HasField("from_time") else ""),
        ("有效期至", _day(of.until_time) if of.HasField("until_time") else ""),
        ("当前状态", SAID.get(of.standing, "")),
        ("变更决定文号", of.change_number),
        ("许可机关", shown.body_name),
        ("许可决定日期", _day(shown.decide_time)),
    ]
