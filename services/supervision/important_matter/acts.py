"""Important matters are drafted, approved by the head, sent to the superior, and replied to or noted (OPR-SUP 11)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import important_matter_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedures.important_matter import IMPORTANT_MATTER as MATTER
from services.law.procedures.important_matter import PREFIX
from services.supervision.body.model import Body
from services.supervision.important_matter.act import act
from services.supervision.important_matter.item import due_by, item_of, kind_of, superior_of
from services.supervision.important_matter.superior import superior_of_body

STATED = ("title", "content", "proposal", "measures")
REQUEST = pb.IMPORTANT_MATTER_KIND_REQUEST


def _begins(request: pb.DraftImportantMatterRequest, tx: Tx) -> pb.ImportantMatter:
    body = tx.find(Body, request.body_id)
    matter = pb.ImportantMatter(
        matter_id=tx.new_id(PREFIX),
        node=body.node if body is not None else tx.city,
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        kind=request.kind,
        code=request.code.strip(),
        record_id=request.record_id.strip(),
        drafters=[tx.caller.subject],
        **{name: getattr(request, name).strip() for name in STATED},
    )
    put_moment(matter.draft_time, tx.now)
    if request.kind == pb.IMPORTANT_MATTER_KIND_REPORT:
        for name in ("happen_time", "learn_time"):
            if request.HasField(name):
                getattr(matter, name).CopyFrom(getattr(request, name))
    _go_by(matter, tx)
    return matter


def _go_by(matter: pb.ImportantMatter, tx: Tx) -> None:
    """What the list says of the item: its title, to whom it goes, and by when what became known is to be reported."""
    item = item_of(tx, matter.code, tx.now)
    if item is None or kind_of(item) != matter.kind:
        return
    matter.title_zh, matter.title_en = item.title_zh, item.title_en
    _goes(matter, tx, superior_of(item), matter.body_id)
    learnt = moment_at(matter, "learn_time")
    until = due_by(tx, item, learnt) if learnt is not None else None
    if until is not None:
        put_moment(matter.due_time, until)


def _goes(matter: pb.ImportantMatter, tx: Tx, to: pb.Superior, below: str) -> None:
    """To whom it goes; where that is a department, the one that stands above a body now."""
    above = superior_of_body(tx, below) if to == pb.SUPERIOR_DEPARTMENT else None
    matter.to = to
    matter.superior_body_id = above.body_id if above is not None else ""
    matter.superior_body_name = above.name if above is not None else ""
    matter.superior_node = above.node if above is not None else ""


def _say(matter: pb.ImportantMatter, do: Do, said: pb.ImportantMatterSaid, text: str = "") -> None:
    word = matter.words.add(said=said, text=text, by=do.caller)
    put_moment(word.say_time, do.now)


@act(MATTER.DRAFT, begins=_begins, loads=((Body, "body_id"),))
def draft_important_matter(
    _request: Any, _matter: pb.ImportantMatter, _do: Do
) -> events.ImportantMatterDrafted:
    """Draft a request for instructions, or a report. Of a report it starts RPT-01, from when it became known."""
    return events.ImportantMatterDrafted()


@act(MATTER.AMEND)
def amend_important_matter(
    request: pb.AmendImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterAmended:
    """Write it anew: a draft, what its head returned, or what the superior wants to know more of or sent back."""
    for name in STATED:
        setattr(matter, name, getattr(request, name).strip())
    if do.caller not in matter.drafters:
        matter.drafters.append(do.caller)
    return events.ImportantMatterAmended()


@act(MATTER.RETURN)
def return_important_matter(
    request: pb.ReturnImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterReturned:
    """The head returns the draft, and says why."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_RETURN, request.reasons)
    return events.ImportantMatterReturned()


@act(
    MATTER.ASK,
    MATTER.REPORT,
    by=lambda _request, matter: MATTER.ASK if matter.kind == REQUEST else MATTER.REPORT,
)
def send_important_matter(
    _request: Any, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterAsked | events.ImportantMatterReported:
    """The head approves it and sends it. A request starts RPT-02, and what it is about waits; a report stops RPT-01."""
    matter.senders.append(do.caller)
    _goes(matter, do.tx, matter.to, matter.body_id)
    if matter.kind != REQUEST:
        put_moment(matter.report_time, do.now)
        return events.ImportantMatterReported()
    if not matter.HasField("ask_time"):
        put_moment(matter.ask_time, do.now)
    item = item_of(do.tx, matter.code, moment_at(matter, "draft_time") or do.now)
    until = due_by(do.tx, item, do.now) if item is not None else None
    matter.ClearField("reply_due_time")
    if until is not None:
        put_moment(matter.reply_due_time, until)
    return events.ImportantMatterAsked()


@act(MATTER.WITHDRAW)
def withdraw_important_matter(
    request: pb.WithdrawImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterWithdrawn:
    """The head withdraws a draft, or a request that is not replied to: what it is about waits no longer."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_WITHDRAW, request.reasons)
    put_moment(matter.end_time, do.now)
    return events.ImportantMatterWithdrawn()


@act(MATTER.ASK_MORE)
def ask_more_of_important_matter(
    request: pb.AskMoreOfImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterMoreWanted:
    """The superior wants to know more. Stops RPT-02; what it is about goes on waiting."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_ASK_MORE, request.reasons)
    return events.ImportantMatterMoreWanted()


@act(MATTER.SEND_BACK)
def send_important_matter_back(
    request: pb.SendImportantMatterBackRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterSentBack:
    """The superior sends a request back. Stops RPT-02; what it is about waits until it is asked anew or withdrawn."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_SEND_BACK, request.reasons)
    return events.ImportantMatterSentBack()


@act(MATTER.REPLY)
def reply_to_important_matter(
    request: pb.ReplyToImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterReplied:
    """The superior replies. Stops RPT-02; what it is about waits no longer."""
    reply = pb.ImportantMatterReply(
        outcome=request.outcome,
        reply=request.reply,
        document_number=request.document_number.strip(),
        replier=do.caller,
    )
    put_moment(reply.reply_time, do.now)
    matter.reply.CopyFrom(reply)
    put_moment(matter.end_time, do.now)
    return events.ImportantMatterReplied()


@act(MATTER.NOTE)
def note_important_matter(_request: Any, matter: pb.ImportantMatter, do: Do) -> events.ImportantMatterNoted:
    """The superior takes note of a report."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_NOTE)
    return events.ImportantMatterNoted()


@act(MATTER.INSTRUCT)
def instruct_on_important_matter(
    request: pb.InstructOnImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterInstructed:
    """The superior says what is to be done about what was reported."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_INSTRUCT, request.instructions)
    return events.ImportantMatterInstructed()


@act(MATTER.PASS_UP)
def pass_important_matter_up(
    request: pb.PassImportantMatterUpRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterPassedUp:
    """The head of the department above passes it to the one above that. The time to reply runs on."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_PASS_UP, request.reasons)
    _goes(matter, do.tx, matter.to, matter.superior_body_id)
    return events.ImportantMatterPassedUp()


@act(MATTER.READDRESS)
def readdress_important_matter(
    request: pb.ReaddressImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterReaddressed:
    """Oversight sends it to another superior. The time to reply runs on."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_READDRESS, request.reasons)
    _goes(matter, do.tx, request.to, matter.body_id)
    return events.ImportantMatterReaddressed()


@act(MATTER.SUPPLEMENT)
def supplement_important_matter(
    request: pb.SupplementImportantMatterRequest, matter: pb.ImportantMatter, do: Do
) -> events.ImportantMatterSupplemented:
    """The head adds to a report that was sent; the superior is told."""
    _say(matter, do, pb.IMPORTANT_MATTER_SAID_SUPPLEMENT, request.supplement)
    return events.ImportantMatterSupplemented()
