"""Advance registration of evidence: each word is one act, plain and lawful where nothing else is said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import advance_registration_pb2 as pb

from services.given.measure import stamp
from services.given.people import HEAD, officer
from services.given.say import Do

DANGER = "账册可能被转移或者销毁"


def on_site(at: datetime, ids: Sequence[str], **more: Any) -> pb.RegistrationOnSite:
    """Things listed at a moment, with all that the law wants done on the spot."""
    now = stamp(at)
    values: dict[str, Any] = {
        "officer_ids": ids,
        "register_time": now,
        "certificate_shown": True,
        "things": [pb.RegisteredThing(name="账册", quantity=2, unit="册")],
        "place": "当事人经营场所",
        "keeper": "示例当事人",
        "list_sign_time": now,
        "list_deliver_time": now,
        "notice_deliver_time": now,
    }
    return pb.RegistrationOnSite(**(values | more))


async def ask(do: Do, case_id: str, by: Any, danger: str = DANGER) -> pb.AdvanceRegistration:
    """The head is asked to approve."""
    asked: pb.AdvanceRegistration = (
        await do("RequestRegistration", by, case_id=case_id, danger=danger)
    ).advance_registration
    return asked


async def registered(do: Do, case_id: str, done: pb.RegistrationOnSite) -> pb.AdvanceRegistration:
    """Evidence asked for, approved and registered, by the first of its officers."""
    by = officer(done.officer_ids[0])
    asked = await ask(do, case_id, by)
    named = {"registration_id": asked.registration_id}
    await do("ApproveRegistration", HEAD, **named)
    made: pb.AdvanceRegistration = (
        await do("RegisterEvidence", by, on_site=done, **named)
    ).advance_registration
    return made
