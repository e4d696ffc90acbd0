"""The files of parties as one service keeps and shows them: opened, read a page at a time, listed whole (一户一档)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from google.protobuf.message import Message

from services.kit.paper.typesetter import NotSet
from services.kit.party_file.contents import written
from services.kit.party_file.filing import Filing
from services.kit.party_file.reads import file_of, party_of, volumes_of
from services.kit.refusal import Full
from services.kit.tx import Tx
from services.kit.view import Feed, View
from services.law.party_file import personal


@dataclass(frozen=True)
class Book:
    """Where the files lie (`filing`), what is told of their volumes, and in which messages: a page, a piece of a list, a look."""

    filing: Filing
    volumes: Callable[[View, Any, Any], Any]
    page: type[Message]
    piece: type[Message]
    look: type[Message]

    async def opened(self, feed: Feed, party_id: str) -> Any:
        """The row of a party. Who looks at the file of a person is kept in an event. Raises Missing."""
        row = party_of(self.filing, feed, party_id)
        if personal(row):
            await feed.do(partial(self.looked, row.party_id))
        return row

    def looked(self, party_id: str, tx: Tx, **more: Any) -> None:
        """Keep that somebody looked."""
        tx.emit(self.look(party_id=party_id, **more), subject=party_id)

    async def read(self, feed: Feed, row: Any, request: Any, *, sealed: bool = False) -> Any:
        """One page of the volumes of a party; with `sealed`, of what lies sealed too. Raises Malformed for a wrong token."""
        return await asyncio.to_thread(
            self._read, feed, row, request.page_size, request.page_token, sealed=sealed
        )

    def _read(self, feed: Feed, row: Any, size: int, token: str, *, sealed: bool = False) -> Any:
        """The same, on a connection of its own."""
        with feed.reading() as connection:
            view = View(connection, feed.around, feed.caller)
            rows, following, before = volumes_of(self.filing, view, row.party_id, size, token, sealed=sealed)
            reply: Any = self.page(file=file_of(row), next_page_token=following)
            reply.volumes.extend(self.volumes(view, rows, before))
        return reply

    async def listed(self, feed: Feed, row: Any, *, xlsx: bool) -> AsyncIterator[Any]:
        """The list of all that lies in the file (卷内目录), in pieces. Raises Full where it cannot be set in type."""
        try:
            async for piece in written(partial(self._read, feed, row), feed, xlsx=xlsx):
                yield self.piece(file_name=piece.name, data=piece.data)
        except NotSet as no:
            said = f"the list could not be set in type: {no}", f"目录无法排版：{no}"
            raise Full("PAPER_NOT_SET", *said, problem=str(no)) from no
