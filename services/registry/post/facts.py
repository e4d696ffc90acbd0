"""What the law asks about a post, and about its unit's body."""

from collections.abc import Iterable

from yifa.registry.v1 import body_pb2, post_pb2

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import post as law
from services.law.rule import fact
from services.registry.body.model import Body
from services.registry.lawful import Looked
from services.registry.power.model import PowerItem


@whole
class PostFacts(Looked, law.PostFacts):
    """A post as it stands, or as it is to be, and the items to be given to it."""

    def __init__(self, tx: Tx, post: post_pb2.Post, item_ids: Iterable[str] = ()) -> None:
        super().__init__(tx)
        self.post, self._item_ids = post, list(item_ids)

    def sector(self) -> str:
        body = self.tx.find(Body, self.post.body_id)
        return self.tx.sector_of(body.field) if body is not None else ""

    @fact
    def not_held(self) -> tuple[str, ...]:
        if not self._item_ids:
            return ()
        body_id = self.post.body_id
        body = self.tx.get(Body, body_id)
        mandate = set(body_pb2.EnforcementBody.FromString(body.detail).entrustment.item_ids)
        self.tx.load(PowerItem, self._item_ids)
        found = [self.tx.find(PowerItem, item_id) for item_id in self._item_ids]
        held = {i.item_id for i in found if i is not None and (i.body_id == body_id or i.item_id in mandate)}
        live = {i.item_id for i in found if i is not None and i.state not in ("DRAFT", "REMOVED")}
        return tuple(item_id for item_id in self._item_ids if item_id not in held & live)
