"""A shown certificate: what the public sees of a scanned code, and the code on the officer's own device (亮证)."""

import grpc
import segno
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.registry.v1.showing_pb2 import ShownVerdict

from services.console.console import console_of, language_of
from services.console.pages.errors import sentence
from services.console.render import page

LONGEST = 2000
# The look of a verdict: sign and colour; whatever is not said here is red.
LOOKS = {
    ShownVerdict.SHOWN_VERDICT_IN_FORCE: ("done", "green"),
    ShownVerdict.SHOWN_VERDICT_OUT_OF_TIME: ("calm", "orange"),
    ShownVerdict.SHOWN_VERDICT_NOT_YET: ("calm", "orange"),
    ShownVerdict.SHOWN_VERDICT_DIFFERS: ("orange", "orange"),
}


def token_of(request: Request) -> str:
    token: str = request.path_params["token"]
    if len(token) > LONGEST:
        raise HTTPException(404)
    return token


async def shown(request: Request) -> Response:
    """The card that the public sees: open to anybody, and nothing of the console around it."""
    token = token_of(request)
    found = await console_of(request).public.shown(token)
    sign, look = LOOKS.get(found.verdict, ("over", "red"))
    says = found.says_zh if language_of(request) == "zh" else found.says_en
    return page(request, "shown.html", found=found, token=token, sign_name=sign, look=look, says=says)


async def photo(request: Request) -> Response:
    """The holder's photo, for as long as the code is good."""
    found = await console_of(request).public.shown(token_of(request))
    if not found.HasField("photo"):
        raise HTTPException(404)
    return Response(found.photo.data, media_type=found.photo.media_type)


async def certificate(request: Request) -> Response:
    """The electronic certificate, as its holder shows it."""
    return await drawn(request, "certificate.html")


async def code(request: Request) -> Response:
    """The code alone, anew."""
    return await drawn(request, "_code.html")


async def drawn(request: Request, template: str) -> Response:
    console, number = console_of(request), request.path_params["number"]
    refusal, token, card = "", "", None
    try:
        answer = await console.registry.show(number)
        token, card = answer.token, answer.card
    except grpc.aio.AioRpcError as no:
        if no.code() is not grpc.StatusCode.FAILED_PRECONDITION:
            raise
        refusal = sentence(no, language_of(request))
    seen = token and (await console.public.shown(token)).HasField("photo")
    qr = of(f"{public_of(request)}/v/{token}") if token else ""
    return page(
        request, template, number=number, refusal=refusal, card=card, qr=qr, token=token, has_photo=seen
    )


def of(link: str) -> Markup:
    """A QR code. The lowest level of correction gives the largest squares; a screen is not torn or soiled."""
    code = segno.make(link, error="l", micro=False)
    # drawn here, from squares
    return Markup(code.svg_inline(svgclass="qr", lineclass=None, omitsize=True))  # noqa: S704


def public_of(request: Request) -> str:
    """The address at which the public reaches the console."""
    return console_of(request).config.public or str(request.base_url).rstrip("/")


ROUTES = [
    Route("/v/{token}", shown),
    Route("/v/{token}/photo", photo),
    Route("/certificates/{number}", certificate),
    Route("/certificates/{number}/code", code),
]
