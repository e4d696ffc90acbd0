"""What the lists share: rows told back, bodies and posts by what a list calls them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import bindparam, or_, select
from yifa.registry.v1 import officer_pb2, post_pb2

from services.kit.refusal import Refusal
from services.kit.tx import Tx
from services.law.procedures.body import MAY_ENFORCE
from services.law.rule import Unlawful
from services.registry.body.model import Body
from services.registry.bulk.fault import EMPTY, Fault, entry_faults, of_law, repeated
from services.registry.officer.facts import Staff
from services.registry.post.model import Post

ECHOED = 60
NAMES = bindparam("names", expanding=True)
NAMED = select(Body).where(or_(Body.body_id.in_(NAMES), Body.credit_code.in_(NAMES), Body.name.in_(NAMES)))


def tell(reply: Any, line: int, faults: Iterable[Fault]) -> None:
    for fault in faults:
        reply.problems.add(
            line=line, field=fault.field, reason=f"REASON_{fault.reason}", zh=fault.zh, en=fault.en
        )


def again(seen: dict[str, int], field: str, key: str, line: int) -> list[Fault]:
    """A fault if an earlier line of the stream was about the same. A part that is done twice is none."""
    first = seen.setdefault(key, line)
    return [] if first == line else [repeated(field, first)]


def bodies_named(tx: Tx, names: set[str]) -> dict[str, Body]:
    """Bodies by what a list calls them: id, credit code or name. A name goes to a confirmed body first."""
    found: dict[str, Body] = {}
    for body in sorted(tx.query(NAMED, names=[*names]), key=lambda b: b.state in MAY_ENFORCE):
        found |= dict.fromkeys((body.name, body.credit_code, body.body_id), body)
    return found


def entry_of(body: Body | None, name: str, staff_kind: int, tx: Tx) -> Iterable[Fault]:
    """What stands against the body that a row names and its kind of staff."""
    if body is None and not name:
        yield Fault("body", "BAD_FIELD", *EMPTY)
    elif body is None:
        said = shortened(name)
        mend = (
            "give its name, credit code or id as the register has it",
            "请填写在册的名称、统一社会信用代码或者编号",
        )
        en = f'"{said}" is no body known at this node; {mend[0]}'
        yield Fault("body", "UNKNOWN_BODY", en, f"本节点没有执法主体“{said}”，{mend[1]}")
    officer = officer_pb2.Officer(node=tx.node, staff_kind=staff_kind)
    yield from entry_faults(Staff(tx, officer, body), known=body is not None, layers=tx.parameters)


def shortened(text: str) -> str:
    """A text of a row as an answer repeats it: an answer must not outgrow what a message holds."""
    return text if len(text) <= ECHOED else f"{text[:ECHOED]}…"


def posts_of(tx: Tx, body_ids: set[str]) -> dict[str, set[str]]:
    """The names of the posts of each body that has set any."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tx.among(Post, "body_id", body_ids):
        if row.close_time is None:
            found[row.body_id].add(post_pb2.Post.FromString(row.record).name)
    return found


def post_unknown(name: str, posts: set[str] | None) -> Iterable[Fault]:
    """A body that has set its posts has no others; one that has set none yet may call them what it will."""
    if posts and name not in posts:
        known, name = "、".join(sorted(posts)[:5]), shortened(name)
        yield Fault(
            "post",
            "UNKNOWN_POST",
            f'"{name}" is no post of this body, which has "{known}"',
            f"该执法主体未设“{name}”岗位，已设：{known}",
        )


def refused(act: Callable[[Any, Tx], Any], request: Any, tx: Tx) -> list[Fault]:
    """Do an act. What it is refused for, if it is."""
    try:
        act(request, tx)
    except Unlawful as no:
        return [of_law("", broken, tx.parameters, no.sector) for broken in no.broken]
    except Refusal as no:
        return [Fault(no.metadata.get("field", ""), no.reason, no.en, no.zh)]
    return []
