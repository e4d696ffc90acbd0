"""Normative documents: the list, one of them with its filing, and the list in force as anybody may read it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.public import HOME
from services.console.render import address, page
from services.console.show import short_enum


async def documents(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListNormativeDocumentsRequest(
        state=filters.enum(request, "state", "NormativeDocumentState"),
        body_id=filters.text(request, "body", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.documents(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("NormativeDocumentState", wanted.state) if wanted.state else "",
        "body": wanted.body_id,
    }
    shown = len(found.normative_documents)
    return page(
        request,
        "documents.html",
        documents=found.normative_documents,
        f=chosen,
        states=filters.choices(show, "NormativeDocumentState"),
        pages=filters.pages("/documents", chosen, seen, shown, found.total, found.next_page_token),
    )


async def document(request: Request) -> Response:
    found = await console_of(request).supervision.document(request.path_params["document_id"])
    return page(
        request,
        "document.html",
        d=found.normative_document,
        filings=found.filings,
        comments=found.comments,
        asked=found.requests,
    )


async def in_force(request: Request) -> Response:
    """What is in force, or what was left off, repealed or has lapsed; and the drafts before the public."""
    console = console_of(request)
    show, standing = (
        console.show(language_of(request)),
        filters.enum(request, "standing", "DocumentStanding"),
    )
    asked = lists.ListDocumentsInForceRequest(
        standing=standing,  # type: ignore[arg-type]
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.public.documents(asked)
    drafts = await console.public.drafts(filters.PAGE)
    here, chosen = f"{HOME}/documents", short_enum("DocumentStanding", standing) if standing else ""
    token = found.next_page_token
    return page(
        request,
        "open_documents.html",
        documents=found.documents,
        drafts=drafts.drafts,
        standing=chosen,
        standings=filters.choices(show, "DocumentStanding"),
        following=address(here, standing=chosen, token=token) if token else "",
    )


async def text(request: Request) -> Response:
    """The text of a published document, or of a draft before the public with what was said of it."""
    console, document_id = console_of(request), request.path_params["document_id"]
    found = await console.public.document(document_id)
    said = await console.public.comments(document_id, filters.PAGE)
    return page(request, "open_document.html", d=found, comments=said.comments)


ROUTES = [
    Route("/documents", documents),
    Route("/documents/{document_id}", document),
    Route(f"{HOME}/documents", in_force),
    Route(f"{HOME}/documents/{{document_id}}", text),
]
