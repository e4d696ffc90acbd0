"""What the city does with an act about a permit or a guide: the newest snapshot holds, in whatever order events come."""

from typing import Any

from yifa.enforcement.v1 import permit_pb2 as pb

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.law.party_file import of_permit
from services.supervision.event.foreign import Foreign
from services.supervision.party_file.model import FILES
from services.supervision.permit.judging import breach_of, judge, passed
from services.supervision.permit.model import PermitGuideView, PermitView
from services.supervision.search.model import keep_words


def on_permit(event: Any, tx: Tx, about: Envelope) -> None:
    """An act about an application, or a term of it."""
    record = event.permit
    view = tx.find(PermitView, record.permit_id)
    if record.node != about.node or (view is not None and view.node != about.node):
        raise Foreign(f"{about.node} speaks of permit {record.permit_id} of {record.node}")
    if view is not None and record.version <= view.version:
        return
    before = view.permit() if view is not None else pb.Permit()
    broken = [breach_of(each) for each in before.breaches]
    lay = of_permit(before) if view is not None else None
    values = columns(record) | {"update_time": moment_at(record, "update_time") or about.occur_time}
    if view is None:
        view = tx.add(PermitView.new(permit_id=record.permit_id, node=about.node, **values))
    else:
        for name, value in values.items():
            setattr(view, name, value)
    keep_words(tx, view.permit_id, view.number, record.applicant.name, record.terms.title)
    if (filed := of_permit(record)) != lay:
        FILES.file(tx, filed)
    judge(tx, view, broken)


def columns(record: pb.Permit) -> dict[str, Any]:
    """The columns of an application as its snapshot says."""
    return {
        "body_id": record.body_id,
        "guide_id": record.guide_id,
        "number": record.number,
        "state": record.state,
        "late": any(True for _ in passed(record)),
        "broken": record.promise.HasField("break_time"),
        "compensated": record.promise.HasField("compensate_time"),
        "decided": record.HasField("decision") or record.HasField("send_up_time"),
        "version": record.version,
        "record": record.SerializeToString(deterministic=True),
    }


def on_permit_guide(event: Any, tx: Tx, about: Envelope) -> None:
    """An act about a guide."""
    guide = event.permit_guide
    view = tx.find(PermitGuideView, guide.guide_id)
    if guide.node != about.node or (view is not None and view.node != about.node):
        raise Foreign(f"{about.node} speaks of guide {guide.guide_id} of {guide.node}")
    values = {
        "body_id": guide.body_id,
        "state": guide.state,
        "publish_time": moment_at(guide, "publish_time"),
        "version": guide.version,
        "record": guide.SerializeToString(deterministic=True),
    }
    if view is None:
        tx.add(PermitGuideView.new(guide_id=guide.guide_id, node=about.node, **values))
    elif guide.version > view.version:
        for name, value in values.items():
            setattr(view, name, value)
