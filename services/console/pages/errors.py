"""What a page says when there is nothing to show: each error in both languages, with what to do next."""

import logging

import grpc
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.console.accounts.guard import to_sign_in
from services.console.console import console_of, language_of
from services.console.pages.filters import BadFilter
from services.console.render import page

log = logging.getLogger(__name__)

# What supervision answered: status of the page, key in the catalogue, whether trying again may help.
RPC_ERRORS = {
    grpc.StatusCode.NOT_FOUND: (404, "NOT_FOUND", False),
    grpc.StatusCode.INVALID_ARGUMENT: (400, "BAD_REQUEST", False),
    grpc.StatusCode.UNAVAILABLE: (503, "UNAVAILABLE", True),
    grpc.StatusCode.DEADLINE_EXCEEDED: (503, "UNAVAILABLE", True),
    grpc.StatusCode.RESOURCE_EXHAUSTED: (503, "UNAVAILABLE", True),
    grpc.StatusCode.PERMISSION_DENIED: (403, "NOT_SHOWN", False),
}
FAILED = (502, "FAILED", True)
SAY_IT_THEMSELVES = (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.PERMISSION_DENIED)
# What a page itself turned away, by the detail of its exception.
KEYS = {"NO_TRACE": "NO_TRACE", "NOT_YOURS": "NOT_SHOWN", "FORM": "FORM", "TOO_MANY": "TOO_MANY"}


def answer(
    request: Request,
    status: int,
    key: str,
    *,
    code: str,
    said: str = "",
    field: str = "",
    retry: bool = False,
    back: str = "",
) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"code": code, "field": field}, status)
    headers = {"retry-after": "5"} if status == 503 else None
    return page(
        request,
        "error.html",
        status,
        headers,
        key=key,
        code=code,
        said=said,
        field=field,
        retry=retry,
        back=back,
    )


async def on_rpc_error(request: Request, error: grpc.aio.AioRpcError) -> Response:
    if error.code() is grpc.StatusCode.UNAUTHENTICATED:
        return signed_out(request)
    status, key, retry = RPC_ERRORS.get(error.code(), FAILED)
    if key == "FAILED":
        log.error("supervision answered %s: %s", error.code(), error.details())
    said = sentence(error, language_of(request)) if error.code() in SAY_IT_THEMSELVES else ""
    return answer(request, status, key, code=error.code().name, said=said, retry=retry)


def signed_out(request: Request) -> Response:
    """The token counts no more: whoever it was signs in anew, and comes back to the page."""
    console_of(request).sessions.end(request.state.session_id)
    if request.method != "GET" or request.url.path.startswith("/api/"):
        return answer(request, 401, "SIGNED_OUT", code="UNAUTHENTICATED")
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return to_sign_in(back, request.headers.get("hx-request") == "true")


def sentence(error: grpc.aio.AioRpcError, language: str) -> str:
    """What the service itself says, in the language of the page."""
    rich: status_pb2.Status | None = rpc_status.from_call(error)
    if language == "en" or rich is None:
        return error.details() or "" if language == "en" else ""
    local = error_details_pb2.LocalizedMessage()
    return next((local.message for box in rich.details if box.Unpack(local)), "")


async def on_bad_filter(request: Request, error: BadFilter) -> Response:
    return answer(request, 400, "BAD_REQUEST", code="INVALID_ARGUMENT", field=error.field)


async def on_http_error(request: Request, error: HTTPException) -> Response:
    if error.status_code == 405:
        return Response(status_code=405, headers=error.headers)
    key = KEYS.get(error.detail, "NO_PAGE")
    return answer(
        request, error.status_code, key, code="NOT_FOUND" if error.status_code == 404 else error.detail
    )


async def on_failure(request: Request, error: Exception) -> Response:
    log.error("page %s failed", request.url.path, exc_info=error)
    return answer(request, 500, "INTERNAL", code="INTERNAL", retry=True)


HANDLERS = {
    grpc.aio.AioRpcError: on_rpc_error,
    BadFilter: on_bad_filter,
    HTTPException: on_http_error,
    Exception: on_failure,
}
