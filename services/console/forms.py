"""What a form sends: taken from this site's own pages only, and not without the proof that they carry."""

import hmac
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from services.console.pages.filters import BadFilter

LONGEST_BODY = 8192
PROOF = "csrf"


async def handed_in(request: Request, longest: int = LONGEST_BODY) -> dict[str, str]:
    """The fields of a form. Raises HTTPException for what another site sends, BadFilter for a form that is too large."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "FORM")
    if int(request.headers.get("content-length") or longest + 1) > longest:
        raise BadFilter("form")
    try:
        body = await request.body()
    except ClientDisconnect:
        raise HTTPException(400, "FORM") from None
    form = parse_qs(body.decode("utf-8", "replace"))
    fields = {name: values[0].strip() for name, values in form.items()}
    if not hmac.compare_digest(fields.pop(PROOF, "").encode(), request.state.csrf.encode()):
        raise HTTPException(403, "FORM")
    return fields
