"""Lists as CSV files."""

import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any

from starlette.responses import StreamingResponse

PER_CALL = 500
# A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# Some rows, and the token of the page after them, empty on the last.
Page = tuple[Sequence[Any], str]
NextPage = Callable[[str], Awaitable[Page]]


def line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    texts = [str(cell) for cell in cells]
    csv.writer(out).writerow([f"'{text}" if text.startswith(_FORMULA) else text for text in texts])
    return out.getvalue()


async def csv_response(
    name: str, head: Sequence[str], ask: NextPage, row: Callable[[Any], Iterable[Any]]
) -> StreamingResponse:
    """Every row that the filters match, page by page. The first page is asked for here, so that a refusal is a page."""
    first = await ask("")

    async def lines() -> AsyncIterator[str]:
        yield "\ufeff" + line(head)  # the mark tells Excel that this is UTF-8
        items, token = first
        while True:
            yield "".join(line(row(item)) for item in items)
            if not token:
                return
            items, token = await ask(token)

    headers = {"content-disposition": f'attachment; filename="{name}"', "vary": "cookie"}
    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=headers)
