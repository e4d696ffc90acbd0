"""The identity provider: there and back with code flow, PKCE, state and nonce (OpenID Connect Core 3.1, RFC 7636), by authlib."""

import warnings
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.console.config import Identity

with warnings.catch_warnings():
    from authlib.deprecate import AuthlibDeprecationWarning  # type: ignore[import-untyped]

    # it announces another HTTP library for its next major version
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]


class NotProven(Exception):
    """The provider did not say who it is, or what came back is not what was asked for."""


class Provider:
    """The console as a client of the provider."""

    def __init__(self, identity: Identity):
        self._client: Any = OAuth().register(
            name="identity",
            client_id=identity.client_id,
            client_secret=identity.client_secret or None,
            server_metadata_url=f"{identity.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "timeout": 5.0,
                "token_endpoint_auth_method": "client_secret_basic" if identity.client_secret else "none",
            },
        )

    async def leads_to(self, request: Request, attempt: dict[str, Any], back: str) -> Response:
        """To the provider; what has to come back is kept in the attempt. Raises NotProven when it cannot be asked."""
        request.scope["session"] = attempt
        try:
            response: Response = await self._client.authorize_redirect(request, back)
        except Exception as wrong:  # whatever the library or the network raises, nobody is signed in
            raise NotProven(repr(wrong)) from wrong
        return response

    async def came_back(self, request: Request, attempt: dict[str, Any]) -> str:
        """The ID token of who came back: state, verifier, signature and nonce are right. Raises NotProven."""
        request.scope["session"] = attempt
        try:
            found = await self._client.authorize_access_token(request)
        except Exception as wrong:
            raise NotProven(repr(wrong)) from wrong
        id_token = found.get("id_token")
        if not isinstance(id_token, str) or not found.get("userinfo"):
            raise NotProven("the provider gave no ID token")
        return id_token
