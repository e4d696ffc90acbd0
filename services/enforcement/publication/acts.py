"""What is public of a decision: made, kept back, corrected, withdrawn (APL 48, 50)."""

from collections.abc import Iterable

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import decision_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import publication_pb2 as publications

from services.enforcement.case.act import act
from services.enforcement.publication.showing import PREFIX, put_public
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.credit import display, resting, shown_until
from services.law.procedures.penalty.outcome import on_show
from services.law.procedures.penalty.public_text import missing
from services.law.procedures.penalty.publicity import GROUNDS, shown
from services.law.procedures.public_text import withdrawn


def _passages(
    request: pb.PublishDecisionRequest | pb.CorrectPublicationRequest, case: cases.Case, _tx: Tx
) -> None:
    """Raise Malformed for a passage to be kept back that stands nowhere in what would be public."""
    if wrong := missing(request.redactions, case):
        said = "stands nowhere in what would be public", "公开的内容中没有这一段文字"
        raise Malformed({f"redactions[{n}].passage": said for n in wrong})


@act(PENALTY.PUBLISH_DECISION, takes=_passages)
def publish_decision(
    request: pb.PublishDecisionRequest, case: cases.Case, do: Do
) -> events.DecisionPublished:
    """Make the decision public, as the rules show it (APL 48)."""
    case.publish_address = request.address
    put_moment(case.publish_time, do.now)
    case.publication.adult_proof = request.adult_proof
    _show(case, do, request.redactions, do.new_id(PREFIX), version=1)
    return events.DecisionPublished()


@act(PENALTY.CORRECT_PUBLICATION, takes=_passages)
def correct_publication(
    request: pb.CorrectPublicationRequest, case: cases.Case, do: Do
) -> events.PublicationCorrected:
    """Replace what is public by a new version; the chain keeps the old one (GBF-118 (6))."""
    old = case.publication.decision
    past = case.past_publications.add(
        version=old.version, sha256=old.sha256, correction=request.reason, corrector=do.caller
    )
    past.publish_time.CopyFrom(old.publish_time)
    put_moment(past.correct_time, do.now)
    _show(case, do, request.redactions, old.publication_id, version=old.version + 1, why=request.reason)
    return events.PublicationCorrected()


@act(PENALTY.WITHHOLD_PUBLICATION)
def withhold_publication(
    request: pb.WithholdPublicationRequest, case: cases.Case, do: Do
) -> events.PublicationWithheld:
    """Decide that the decision is not made public, on a ground that the law has (APL 50; OGI 14, 15)."""
    said = case.withholding
    said.ground, said.reason, said.decider = request.ground, request.reason, do.caller
    said.law = do.tx.parameters.cited(GROUNDS[request.ground], case.sector)
    put_moment(said.withhold_time, do.now)
    return events.PublicationWithheld()


@act(PENALTY.WITHDRAW_PUBLICATION)
def withdraw_publication(
    request: pb.WithdrawPublicationRequest, case: cases.Case, do: Do
) -> events.PublicationWithdrawn:
    """Take a published decision back, and say in public why (APL 48(2)); nothing else of it is left there."""
    shown = on_show(case)
    said = shown.withdrawal
    said.explanation, said.address, said.ground = request.explanation, request.address, request.ground
    put_moment(said.withdraw_time, do.now)
    if shown.HasField("publication"):
        was = shown.publication.decision
        left = publications.PublicDecision(
            publication_id=was.publication_id,
            kind=publications.PUBLIC_KIND_PENALTY,
            document_number=was.document_number,
            body_name=was.body_name,
        )
        put_public(do.tx, withdrawn(left, said.explanation, said.withdraw_time))
    return events.PublicationWithdrawn()


def _show(
    case: cases.Case,
    do: Do,
    redactions: Iterable[publications.Redaction],
    publication_id: str,
    *,
    version: int,
    why: str = "",
) -> None:
    """Put what is public now into the case, and before the public."""
    public = shown(do.facts)
    public.publication_id, public.version, public.correction = publication_id, version, why
    put_moment(public.publish_time, do.now)
    if (credit := display(case, do.tx.parameters, do.tx.calendar)) is not None:
        public.credit.CopyFrom(credit)
    kept = case.publication
    kept.decision.CopyFrom(public)
    if resting(case, do.now):
        case.credit.rested = True
    kept.publisher = do.caller
    del kept.redactions[:]
    kept.redactions.extend(redactions)
    put_public(do.tx, public, shown_until(case))
