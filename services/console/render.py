"""Templates to pages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.console.console import console_of, language_of, session_of
from services.console.show import Show, from_ns, text_of_span
from services.kit.sized import sized
from services.kit.words import ROLES

FOLDER = Path(__file__).parent
# Of each group its key in the catalogue, none for what always stands first, and its pages: key in the catalogue, path.
NAVIGATION = (
    (
        "",
        (
            ("overview", "/"),
            ("stream", "/stream"),
            ("work", "/work"),
            ("warnings", "/warnings"),
        ),
    ),
    (
        "enforcement",
        (
            ("cases", "/cases"),
            ("inspections", "/inspections"),
            ("permits", "/permits"),
            ("measures", "/measures"),
            ("referrals", "/referrals"),
            ("court", "/court"),
            ("credit", "/credit"),
            ("parties", "/parties"),
            ("assistance", "/assistance"),
            ("mediations", "/mediations"),
            ("devices", "/monitoring-devices"),
            ("samplers", "/sampling-institutions"),
        ),
    ),
    (
        "oversight",
        (
            ("supervision", "/supervision"),
            ("plans", "/supervision-plans"),
            ("filings", "/filings"),
            ("reviews", "/file-reviews"),
            ("complaints", "/complaints"),
            ("suggestions", "/suggestions"),
            ("outside", "/outside-decisions"),
            ("accountability", "/accountability"),
        ),
    ),
    (
        "making",
        (
            ("documents", "/documents"),
            ("major", "/decisions"),
        ),
    ),
    (
        "remedies",
        (
            ("reconsiderations", "/reconsiderations"),
            ("suits", "/suits"),
            ("compensations", "/compensations"),
        ),
    ),
    (
        "legal_work",
        (
            ("tasks", "/work-tasks"),
            ("meetings", "/legal-meetings"),
            ("matters", "/important-matters"),
            ("publicity", "/publicity"),
            ("rule_of_law", "/rule-of-law-reports"),
        ),
    ),
    (
        "figures",
        (
            ("assessments", "/assessments"),
            ("officer_assessments", "/officer-assessments"),
            ("reports", "/reports"),
        ),
    ),
    (
        "running",
        (
            ("bodies", "/bodies"),
            ("nodes", "/nodes"),
            ("traces", "/traces"),
        ),
    ),
)


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {
        "navigation": NAVIGATION,
        "address": address,
        "from_ns": from_ns,
        "sized": in_both,
        "length": text_of_span,
    }
    return env


def in_both(size: int) -> dict[str, str]:
    """How large something is, by language."""
    return dict(zip(("zh", "en"), sized(size), strict=True))


def address(path: str, **values: Any) -> str:
    """A path with the query values that are set."""
    given = {key: value for key, value in values.items() if value not in ("", None, False, 0)}
    return f"{path}?{urlencode(given)}" if given else path


def fragment(show: Show, template: str, **context: Any) -> str:
    return environment().get_template(template).render(s=show, t=show.t, lang=show.language, **context)


def page(
    request: Request,
    template: str,
    status: int = 200,
    headers: dict[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """The page of a template; `people` are the names that it shows in the place of ids."""
    show = console_of(request).show(language_of(request))
    show.people = people or {}
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    about = {
        "here": here,
        "path": request.url.path,
        "session": session_of(request),
        "csrf": request.state.csrf,
        "role": lambda name: ROLES[name][show.language != "zh"],
    }
    text = fragment(show, template, **about | context)
    return HTMLResponse(text, status, {"vary": "cookie", **(headers or {})})
