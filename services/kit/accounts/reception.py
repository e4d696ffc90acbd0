"""AccessService: tokens of this node for those who work here, and who looked at what."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import jwt
from yifa.access.v1 import look_pb2 as looks
from yifa.access.v1 import token_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.kit.access import NAMELESS, Caller, Gate, mint
from services.kit.accounts.identity import Provider
from services.kit.accounts.looks import listed
from services.kit.accounts.staff import Staff
from services.kit.issuers import revoke_token
from services.kit.limit import Limit
from services.kit.refusal import Denied, Full
from services.kit.roster import Person
from services.kit.rpc import ask, long_read, read
from services.kit.settings import Settings
from services.kit.view import View

HOURS = 8
SHOWN = 3
"""So many of a roster are offered as personas."""
LONGEST_ACCOUNT = 64


class Reception:
    """One method per RPC. It answers for every service of its process."""

    domain = "access.yifa"

    def __init__(self, settings: Settings, services: Sequence[Any], gate: Gate):
        self.settings, self.services, self.gate = settings, services, gate
        self.staff, self.provider = Staff.of(settings), Provider.of(settings)
        self.hours = float(settings.section("access").get("hours", HOURS))
        # a whole building may share an address, and one account in it does not take what the others have
        self.signing, self.account = Limit(rate=20, burst=200), Limit(rate=1, burst=50)
        self.public = Limit(rate=1, burst=30)

    @ask
    async def ExchangeToken(
        self, request: pb.ExchangeTokenRequest, caller: Caller
    ) -> pb.ExchangeTokenResponse:
        """The provider says who it is, this node what they are here."""
        if self.provider is None:
            raise self.closed()
        self.admit_account(caller, claimed(request.id_token))
        login = await asyncio.to_thread(self.provider.login, request.id_token)
        return pb.ExchangeTokenResponse(grant=self.grant(self.staff.who(login) or self.on_roster(login)))

    @read
    def ListPersonas(self, _request: pb.ListPersonasRequest, _view: View) -> pb.ListPersonasResponse:
        """The list, and some of the rosters."""
        self.check_personas()
        people = [*self.staff.people()]
        for running in self.services:
            if running.service.roster is not None:
                with running.reading() as connection:
                    people += running.service.roster.some(running_view(running, connection), SHOWN)
        return pb.ListPersonasResponse(
            personas=[pb.Persona(subject=p.subject, name=p.name, roles=map(role_of, p.roles)) for p in people]
        )

    @ask
    async def AssumePersona(
        self, request: pb.AssumePersonaRequest, caller: Caller
    ) -> pb.AssumePersonaResponse:
        """Somebody of a demonstration."""
        self.check_personas()
        self.admit_account(caller, request.subject)
        who = self.staff.named(request.subject) or self.on_roster(request.subject)
        return pb.AssumePersonaResponse(grant=self.grant(who))

    @ask
    async def GetPublicToken(
        self, _request: pb.GetPublicTokenRequest, caller: Caller
    ) -> pb.GetPublicTokenResponse:
        """The public, and nobody by name."""
        admit(self.public, caller.who)
        return pb.GetPublicTokenResponse(grant=self.grant(Person(NAMELESS, "", ("PUBLIC",))))

    @ask
    async def EndToken(self, _request: pb.EndTokenRequest, caller: Caller) -> pb.EndTokenResponse:
        """Take the caller's token back, here at once and at every other node within a moment."""
        await asyncio.to_thread(revoke_token, self.gate.issuers.file, caller.proof[1], caller.expires)
        if self.gate.issuers.changed():
            self.gate.look_again()
        return pb.EndTokenResponse()

    @long_read
    def ListLooks(self, request: looks.ListLooksRequest, _view: View) -> looks.ListLooksResponse:
        """Who looked at what is sensitive."""
        return listed(self.services, request)

    def check_personas(self) -> None:
        if not self.staff.personas:
            raise self.closed()

    def admit_account(self, caller: Caller, account: str) -> None:
        """Count a sign-in of an account at an address, which is one of that address: what is tried elsewhere shuts out nobody."""
        admit(self.account, f"{caller.who} {account[:LONGEST_ACCOUNT]}")
        admit(self.signing, caller.who)

    def on_roster(self, subject: str) -> Person | None:
        """A person as the services of this node know them."""
        for running in self.services:
            if running.service.roster is not None:
                with running.reading() as connection:
                    found: Person | None = running.service.roster.find(
                        running_view(running, connection), subject
                    )
                if found is not None:
                    return found
        return None

    def grant(self, person: Person | None) -> pb.Grant:
        """A token of this node. Raises Denied for nobody of it."""
        if person is None:
            raise Denied(
                "NOT_OF_THIS_NODE",
                f"nobody of {self.settings.title_en} has this identity",
                f"{self.settings.title_zh}没有该人员，请联系本单位管理人员",
                node=self.settings.node,
            )
        key = self.settings.file("token", "key").read_bytes()
        lifetime = timedelta(hours=self.hours)
        grant = pb.Grant(
            token=mint(
                key, person.subject, self.settings.node, person.roles, name=person.name, lifetime=lifetime
            ),
            node=self.settings.node,
            subject=person.subject,
            name=person.name,
            roles=map(role_of, person.roles),
        )
        grant.expire_time.FromSeconds(int(time.time() + lifetime.total_seconds()))
        return grant

    def closed(self) -> Denied:
        return Denied(
            "SIGN_IN_NOT_ENABLED",
            f"the settings of {self.settings.node} let nobody sign in in this way",
            "本节点未启用该登录方式",
        )


def admit(limit: Limit, who: str) -> None:
    """Raises Full for one too many."""
    if not limit.admits(who):
        said = "too many sign-ins at once: come again in a moment", "登录请求过于频繁，请稍后再试"
        raise Full("TOO_MANY_SIGN_INS", *said)


def claimed(id_token: str) -> str:
    """Whose an ID token says it is, before it is looked at whether it may say so; empty for what says nothing."""
    try:
        return str(jwt.decode(id_token, options={"verify_signature": False}).get("sub", ""))
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        return ""


def running_view(running: Any, connection: Any) -> View:
    return View(connection, running.around, running.system)


def role_of(name: str) -> Role:
    number: Role = Role.Value(f"ROLE_{name}")
    return number
