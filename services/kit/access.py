"""Who is calling, and whether the method is theirs to call."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from yifa.law.v1 import options_pb2

from services.kit.refusal import Denied, Unauthenticated
from services.kit.text import good_text
from services.kit.time import wall
from services.kit.words import ROLES

AUDIENCE = "yifa"
ITSELF = "system:"
"""How the subject of a service begins that acts by itself, in its journal."""
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
    expires: float = float("inf")

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
    )


# The city's people who oversee the departments; all others of the city have nothing to read there.
OVERSEERS = frozenset({Role.ROLE_REGISTRAR, Role.ROLE_OVERSIGHT})
# The people of a department who act for it at the city, where a method lets them.
OF_DEPARTMENT = frozenset({Role.ROLE_UNIT_HEAD, Role.ROLE_AGENCY_HEAD, Role.ROLE_CLERK})


class Gate:
    """Verifies a token once, then knows its bearer until it expires, and as whom it lets the bearer in."""

    def __init__(self, public_key: bytes, node: str, city: str, limit: int = 10_000):
        self.key, self.node, self.city, self.limit = public_key, node, city, limit
        self.known: dict[str, tuple[Caller, dict[Access, Caller]]] = {}

    def admit(self, headers: Mapping[str, str], access: Access) -> Caller:
        """The caller, with those roles only that count for this method at this node: one that lets nobody in gives no right.

        Raises Unauthenticated for a bad token, Denied for a good one without the right.
        """
        token = headers.get("authorization", "").removeprefix("Bearer ")
        known = self.known.get(token)
        if known is None or known[0].expires <= time.time():
            known = self.known[token] = (self.verify(token), {})
        caller, admitted = known
        counted = admitted.get(access)
        if counted is None:
            counted = replace(caller, roles=self.counting(caller, access))
            if access.nameless and counted.only(Role.ROLE_PUBLIC):
                counted = replace(counted, subject=NAMELESS, name="")
            admitted[access] = counted
        return counted

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

    def verify(self, token: str) -> Caller:
        if not token:
            raise Unauthenticated("TOKEN_MISSING", "no bearer token in the call's metadata", "调用未附带令牌")
        if len(self.known) >= self.limit:
            self.known.clear()
        try:
            claims = jwt.decode(
                token, self.key, ["EdDSA"], audience=AUDIENCE, options={"require": ["exp", "sub", "node"]}
            )
            roles = frozenset(Role.Value(f"ROLE_{name}") for name in claims.get("roles", ()))
        except jwt.ExpiredSignatureError:
            raise expired() from None
        except (jwt.InvalidTokenError, ValueError, TypeError) as wrong:
            raise Unauthenticated("TOKEN_INVALID", f"the token is not valid: {wrong}", "令牌无效") from None
        for name in ("sub", "node", "name"):
            said = claims.get(name, "")
            if not isinstance(said, str) or not (good_text(said) or (name == "name" and not said)):
                raise Unauthenticated(
                    "TOKEN_INVALID",
                    f"the token's claim {name} is no plain text: it is empty, has blanks around it or characters unseen",
                    f"令牌中的{name}不是规范的文字：为空、首尾有空白或者含有不可见字符",
                )
        if claims["sub"].startswith(ITSELF):
            said = f"no token speaks for a service: {claims['sub']}", "令牌不得以服务自身的名义签发"
            raise Unauthenticated("TOKEN_INVALID", *said)
        return Caller(claims["sub"], claims.get("name", ""), claims["node"], roles, claims["exp"])


def expired() -> Unauthenticated:
    """The refusal of a caller whose token has run out: before a call, or while a stream goes on."""
    return Unauthenticated("TOKEN_EXPIRED", "the token has expired", "令牌已过期")


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


def make_key(folder: Path, name: str = "token") -> None:
    """A key pair to sign with, made once: NAME.key (0600) and NAME.pub. "token" is the one that tokens are signed with."""
    private = folder / f"{name}.key"
    if private.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    private.touch(0o600)
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / f"{name}.pub").write_bytes(public)


def mint(
    private_key: bytes,
    subject: str,
    node: str,
    roles: tuple[str, ...],
    *,
    name: str = "",
    lifetime: timedelta = timedelta(hours=12),
) -> str:
    """A token for one caller. Roles are names without ROLE_, as "REGISTRAR". Raises ValueError for an unknown one."""
    for role in roles:
        Role.Value(f"ROLE_{role}")
    key = load_pem_private_key(private_key, None)
    claims: dict[str, Any] = {
        "sub": subject,
        "name": name,
        "node": node,
        "roles": list(roles),
        "aud": AUDIENCE,
    }
    claims["exp"] = int((wall() + lifetime).timestamp())

    return jwt.encode(claims, key, "EdDSA")  # type: ignore[arg-type]
