"""Who is calling, and whether the method is theirs to call."""

import asyncio
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from yifa.law.v1 import options_pb2

from services.kit.algorithm import ED25519, Algorithm
from services.kit.claims import CLAIMS, checked, expired, taken_back
from services.kit.issuers import Issuer, Issuers, kid_of, person_of, public_of
from services.kit.private import write_private
from services.kit.refusal import Denied, Unauthenticated
from services.kit.time import wall
from services.kit.words import ROLES

AUDIENCE = "yifa"
Role = options_pb2.Role
NAMELESS = "public"
"""How a journal calls who acts as the public where no name is to be left."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a person or a machine of one node, with roles."""

    subject: str
    name: str
    node: str
    roles: frozenset[int]
    expires: float = math.inf
    proof: tuple[str, str, str, float] = ("", "", "", math.inf)
    """By which it is taken back: the key of the token, its id, its bearer, and when it was issued."""
    address: str = ""
    """Where a caller without a name calls from: all of the public have one name."""

    @property
    def who(self) -> str:
        """As whom a caller is counted, so that one takes nobody else's part."""
        return f"{self.node}/{self.subject}@{self.address}" if self.address else f"{self.node}/{self.subject}"

    def has(self, role: int) -> bool:
        return role in self.roles

    def only(self, role: int) -> bool:
        """Whether nothing but this role lets the caller in: the roles are those that count for the method, at this node."""
        return self.roles <= {role}


@dataclass(frozen=True, eq=False)
class Access:
    """Who may call one method, and where it may be called. Each is itself alone: what is known of it is found at once."""

    roles: frozenset[int]
    home: int
    writes: bool
    machines: bool = False
    """Whether the city's machines may call it at a department too."""
    unseals: str = ""
    """Where its response names the seals whose content it tells."""
    nameless: bool = False
    """Whether who is let in as the public only leaves no name."""
    departments: bool = False
    """Whether people of departments may call it at the city."""
    tokenless: bool = False
    """Whether it is called without a token: it is where one is got."""


def access_of(method: Any, writes: bool) -> Access:
    """The access rule in a method's contract. A method that names no role is open to nobody."""
    access = method.GetOptions().Extensions[options_pb2.access]
    return Access(
        frozenset(access.roles),
        access.home,
        writes,
        access.machines,
        access.unseals,
        access.nameless,
        access.departments,
        access.tokenless,
    )


# The city's people who oversee the departments; all others of the city have nothing to read there.
OVERSEERS = frozenset({Role.ROLE_REGISTRAR, Role.ROLE_OVERSIGHT})
# The people of a department who act for it at the city, and its officers for themselves, where a method lets them.
OF_DEPARTMENT = frozenset(
    {Role.ROLE_UNIT_HEAD, Role.ROLE_AGENCY_HEAD, Role.ROLE_CLERK, Role.ROLE_HANDLING_OFFICER}
)


# How often a gate looks whether tokens were taken back.
LOOK = 0.5


class Gate:
    """Verifies a token once, then knows its bearer until it expires or is taken back, and as whom it lets the bearer in."""

    def __init__(self, issuers: Issuers, node: str, city: str, limit: int = 10_000):
        self.issuers, self.node, self.city, self.limit = issuers, node, city, limit
        self.known: dict[str, tuple[Caller, dict[Access, Caller]]] = {}
        self.waiting: set[tuple[Caller, asyncio.Timeout]] = set()
        self.nobody = Caller(NAMELESS, "", node, frozenset({Role.ROLE_PUBLIC}))

    def admit(self, headers: Mapping[str, str], access: Access) -> Caller:
        """The caller, with those roles only that count for this method at this node: one that lets nobody in gives no right.

        Raises Unauthenticated for a bad token, Denied for a good one without the right.
        """
        if access.tokenless:
            return self.nobody
        token = headers.get("authorization", "").removeprefix("Bearer ")
        known = self.known.get(token)
        if known is None or known[0].expires <= time.time():
            known = self.known[token] = (self.verify(token), {})
        caller, admitted = known
        counted = admitted.get(access)
        if counted is None:
            try:
                counted = replace(caller, roles=self.counting(caller, access))
            except Denied as no:
                no.by = caller
                raise
            if access.nameless and counted.only(Role.ROLE_PUBLIC):
                counted = replace(counted, subject=NAMELESS, name="")
            admitted[access] = counted
        return counted

    async def keep_up(self) -> None:
        """Let what is taken back count from now on, for what is called and for what is open, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            if self.issuers.changed():
                self.look_again()

    def look_again(self) -> None:
        """Forget who was verified, and end the streams of those whose tokens were taken back."""
        self.known.clear()
        now = asyncio.get_running_loop().time()
        for caller, until in self.waiting:
            if self.issuers.revoked(*caller.proof):
                until.reschedule(now)

    def left(self, caller: Caller) -> float:
        """For how many seconds more a caller who was let in may go on; none when the token was taken back."""
        taken_back = caller.proof[0] and self.issuers.revoked(*caller.proof)
        return 0.0 if taken_back else caller.expires - time.time()

    @contextmanager
    def listening(self, caller: Caller, until: asyncio.Timeout) -> Iterator[None]:
        """While a caller waits, its timeout comes at once when the token is taken back."""
        waits = (caller, until)
        self.waiting.add(waits)
        try:
            yield
        finally:
            self.waiting.discard(waits)

    def over(self, caller: Caller) -> Unauthenticated:
        """The refusal of a caller who may not go on."""
        return expired() if caller.expires <= time.time() else taken_back()

    def counting(self, caller: Caller, access: Access) -> frozenset[int]:
        """The roles of a caller that count for a method at this node. Raises Denied when there are none."""
        held = access.roles & caller.roles
        if not held:
            raise role_required(access)
        counted = held if caller.node == self.node else held & self.visiting(caller, access)
        if not counted:
            raise Denied(
                "OTHER_DEPARTMENT",
                f"the token was issued for node {caller.node}, and its roles give no right to this at {self.node}",
                f"该令牌属于节点{caller.node}，其角色无权在节点{self.node}办理本事项，请使用本节点的令牌",
                node=self.node,
                token_node=caller.node,
            )
        return counted

    def visiting(self, caller: Caller, access: Access) -> frozenset[int]:
        """The roles that count of a caller of another node: the public's; of the city's people who oversees, to read; the
        city's machines, for what machines ask of each other; of a department's people those who act for it at the city.
        """
        roles = {Role.ROLE_PUBLIC}
        if caller.node == self.city:
            roles |= set() if access.writes else OVERSEERS
            roles |= {Role.ROLE_SYSTEM} if access.machines else set()
        elif access.departments and self.node == self.city:
            roles |= OF_DEPARTMENT
        return frozenset(roles)

    def issuer(self, kid: str) -> Issuer | None:
        """Whose key this is; a key that is new in the file counts at once."""
        if kid not in self.issuers.trust.issuers and self.issuers.changed():
            self.look_again()
        return self.issuers.trust.issuers.get(kid)

    def verify(self, token: str) -> Caller:
        """Who a token is for. Raises Unauthenticated."""
        if not token:
            raise Unauthenticated("TOKEN_MISSING", "no bearer token in the call's metadata", "调用未附带令牌")
        if len(self.known) >= self.limit:
            self.known.clear()
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            issuer = self.issuer(kid) if isinstance(kid, str) else None
            if issuer is None:
                raise jwt.InvalidTokenError("the key that it names is not known here")
            claims = jwt.decode(token, issuer.key, ["EdDSA"], audience=AUDIENCE, options={"require": CLAIMS})
        except jwt.ExpiredSignatureError:
            no = expired()
            no.by = named(token, issuer.node) if issuer else None
            raise no from None
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError) as wrong:
            raise Unauthenticated("TOKEN_INVALID", f"the token is not valid: {wrong}", "令牌无效") from None
        roles = checked(claims)
        if claims["node"] != issuer.node:
            said = f"the key {kid} issues nothing for node {claims['node']}", "签发密钥无权为该节点签发令牌"
            raise Unauthenticated("TOKEN_INVALID", *said)
        expires = min(float(claims["exp"]), issuer.until)
        if expires <= time.time():
            raise expired()
        proof = issuer.kid, claims["jti"], person_of(issuer.node, claims["sub"]), float(claims["iat"])
        caller = Caller(claims["sub"], claims.get("name", ""), issuer.node, roles, expires, proof)
        if self.issuers.revoked(*proof):
            gone = taken_back()
            gone.by = caller
            raise gone
        return caller


def named(token: str, node: str) -> Caller:
    """The bearer of a token whose signature was found good, and which counts no more."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return Caller(str(claims.get("sub", "")), "", node, frozenset())


def role_required(access: Access) -> Denied:
    """The refusal of a caller who holds none of the roles; machines find the names of the roles in the metadata."""
    names = [Role.Name(role).removeprefix("ROLE_") for role in sorted(access.roles)]
    titles = [ROLES[name] for name in names]
    return Denied(
        "ROLE_REQUIRED",
        f"needs one of these roles: {', '.join(en for _, en in titles)}",
        f"需要以下角色之一：{'、'.join(zh for zh, _ in titles)}",
        roles=",".join(names),
    )


def role_names() -> list[str]:
    """The names that `mint` takes."""
    return sorted(name.removeprefix("ROLE_") for name in Role.keys() if name != "ROLE_UNSPECIFIED")


def make_key(folder: Path, name: str = "token", algorithm: Algorithm = ED25519) -> None:
    """A key pair to sign with, made once: NAME.key (0600) and NAME.pub. "token" is the one that the node's
    tokens are signed with, which is always one of Ed25519. Raises NoLibrary for a key of SM2 where that is not installed.
    """
    private = folder / f"{name}.key"
    if private.exists():
        return
    secret, public = algorithm.make()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pub").write_bytes(public)
    write_private(private, secret)


def mint(
    private_key: bytes,
    subject: str,
    node: str,
    roles: tuple[str, ...],
    *,
    name: str = "",
    lifetime: timedelta = timedelta(hours=12),
) -> str:
    """A token for one caller, by the key of the node. Roles are names without ROLE_, as "REGISTRAR". Raises ValueError for an
    unknown one.
    """
    for role in roles:
        Role.Value(f"ROLE_{role}")
    now = wall()
    claims: dict[str, Any] = {
        "sub": subject,
        "name": name,
        "node": node,
        "roles": list(roles),
        "aud": AUDIENCE,
        "jti": uuid4().hex,
        "iat": now.timestamp(),
        "exp": int((now + lifetime).timestamp()),
    }
    headers = {"kid": kid_of(node, public_of(private_key))}
    return jwt.encode(claims, load_pem_private_key(private_key, None), "EdDSA", headers=headers)  # type: ignore[arg-type]
