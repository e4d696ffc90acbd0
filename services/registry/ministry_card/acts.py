"""Cards that ministries issue to officers of the city (部委颁发的执法证): recognised here, not managed."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import ministry_card_pb2 as asked

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.officer import ROSTER
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate
from services.registry.lawful import admit
from services.registry.measure.cancellation import end_card
from services.registry.measure.record import after
from services.registry.officer.facts import Staff
from services.registry.officer.model import Officer
from services.registry.request import moment_in


@write(loads=((Officer, "officer_id"), (Certificate, "certificate_number")))
def record_ministry_card(
    request: asked.RecordMinistryCardRequest, tx: Tx
) -> asked.RecordMinistryCardResponse:
    """Recognise a ministry's card as it reads, for the first time or for another term (ASR 17)."""
    officer = tx.get(Officer, request.officer_id)
    body = tx.get(Body, officer.body_id)
    facts = Staff(tx, officer, body)
    admit(ROSTER.RECORD_MINISTRY_CARD, facts, officer_id=officer.officer_id)
    begins = moment_in(request, "issue_time", tx.now)
    ends = moment_in(request, "expire_time", tx.now)
    if not begins < ends:
        raise Malformed({"expire_time": ("is not after the issue", "不晚于发证时间")})
    card = card_of(request, officer, tx)
    card.officer_name, card.body_id, card.body_name = officer.name, body.body_id, body.name
    card.node, card.fields, card.area_code = officer.node, tuple(request.fields), request.area_code
    card.acts, card.ending = tuple(request.acts), "EXPIRED"
    card.issue_time, card.expire_time, card.term_time = begins, ends, ends
    recorded = after(tx, card, events.MinistryCardRecorded, ())
    return asked.RecordMinistryCardResponse(certificate=recorded)


@write(loads=(Certificate, "certificate_number"))
def end_ministry_card(request: asked.EndMinistryCardRequest, tx: Tx) -> asked.EndMinistryCardResponse:
    """Record that a ministry took its card back, or that it ended otherwise (ASR 17)."""
    card = tx.get(Certificate, request.certificate_number)
    ended = moment_in(request, "from_time", tx.now)
    if not card.issuer:
        raise Malformed({"certificate_number": ("is no ministry's card", "不是部委颁发的证件")})
    if not card.issue_time <= ended <= tx.now:
        said = ("lies before the issue of the card, or is to come", "早于发证时间或者晚于当前时间")
        raise Malformed({"from_time": said})
    return asked.EndMinistryCardResponse(certificate=end_card(tx, card, ended, request.cause))


def card_of(request: asked.RecordMinistryCardRequest, officer: Officer, tx: Tx) -> Certificate:
    """The record of a card, begun if this is the first time. Raises Exists when somebody else has the number."""
    known = tx.find(Certificate, request.certificate_number)
    if known is None:
        return tx.add(
            Certificate.new(
                certificate_number=request.certificate_number,
                officer_id=officer.officer_id,
                issuer=request.issuer,
                version=0,
            )
        )
    if (known.officer_id, known.issuer) != (officer.officer_id, request.issuer):
        raise Exists(
            "CARD_NUMBER_TAKEN",
            "another certificate has this number",
            "该证件编号已由其他证件使用",
            certificate_number=request.certificate_number,
        )
    return known
