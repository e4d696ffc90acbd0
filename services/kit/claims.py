"""What a token claims, each claim of its type, and how one is refused."""

import math
from collections.abc import Mapping
from typing import Any

from yifa.law.v1.options_pb2 import Role

from services.kit.refusal import Unauthenticated
from services.kit.text import good_text

ITSELF = "system:"
"""How the subject of a service begins that acts by itself, in its journal."""
CLAIMS = ["exp", "iat", "jti", "sub", "node", "roles"]
"""Those that every token has."""
PLAIN = ("sub", "node", "name", "jti")


def checked(claims: Mapping[str, Any]) -> frozenset[int]:
    """The roles that a token says. Raises Unauthenticated for a claim that is not of its type."""
    for name in ("exp", "iat"):
        if type(claims[name]) not in (int, float) or not math.isfinite(claims[name]):
            raise no_claim(name, "is no moment", "不是有效的时间")
    for name in PLAIN:
        said = claims.get(name, "")
        if not isinstance(said, str) or not (good_text(said) or (name == "name" and not said)):
            raise no_claim(
                name,
                "is no plain text: it is empty, has blanks around it or characters unseen",
                "不是规范的文字：为空、首尾有空白或者含有不可见字符",
            )
    if claims["sub"].startswith(ITSELF):
        said = f"no token speaks for a service: {claims['sub']}", "令牌不得以服务自身的名义签发"
        raise Unauthenticated("TOKEN_INVALID", *said)
    named = claims["roles"]
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        raise no_claim("roles", "is no list of names", "不是角色名称的列表")
    unknown = [each for each in named if f"ROLE_{each}" not in Role.keys()]
    if unknown or "UNSPECIFIED" in named:
        raise no_claim("roles", "names a role that there is not", "含有不存在的角色")
    return frozenset(Role.Value(f"ROLE_{each}") for each in named)


def no_claim(name: str, en: str, zh: str) -> Unauthenticated:
    return Unauthenticated("TOKEN_INVALID", f"the token's claim {name} {en}", f"令牌中的{name}{zh}")


def taken_back() -> Unauthenticated:
    """The refusal of a caller whose token was taken back: before a call, or while a stream goes on."""
    return Unauthenticated(
        "TOKEN_REVOKED", "the token was taken back: sign in anew", "令牌已被撤销，请重新登录"
    )


def expired() -> Unauthenticated:
    """The refusal of a caller whose token has run out: before a call, or while a stream goes on."""
    return Unauthenticated("TOKEN_EXPIRED", "the token has expired", "令牌已过期")
