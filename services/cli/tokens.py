"""`yifa token`: tokens of a node by its own key, another key in its place, and what is taken back while services run."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from services.node.failure import Failure


class OrMint(TyperGroup):
    """`yifa token REGISTRAR` mints: whatever is no command of the group is a role."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args.insert(0, "mint")
        return super().parse_args(ctx, args)  # type: ignore[arg-type]


tokens = typer.Typer(
    cls=OrMint,
    no_args_is_help=True,
    help="Mint a token for roles (`yifa token REGISTRAR`), change the key of a node, or take back what was given.",
)
Node = Annotated[str, typer.Option(help="The node it is for.")]


@tokens.command()
def mint(
    role: Annotated[list[str], typer.Argument(help="Roles, as REGISTRAR or HANDLING_OFFICER.")],
    node: Node = "city",
    subject: Annotated[str, typer.Option(help="The person, as O-… for an officer.")] = "",
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 366)] = 12,
) -> None:
    """Mint a token for a role, to be sent as `authorization: Bearer …`."""
    from services.kit import access
    from services.node.plan import plan

    key = plan().token_key(node).read_bytes()
    roles = tuple(r.upper().removeprefix("ROLE_") for r in role)
    try:
        minted = access.mint(key, subject or roles[0].lower(), node, roles, lifetime=timedelta(hours=hours))
    except ValueError:
        known = ", ".join(access.role_names())
        raise Failure(f"unknown role among {', '.join(roles)}; known are {known}") from None
    print(minted)


@tokens.command()
def rotate(
    node: Node = "city",
    keep: Annotated[
        float, typer.Option(min=0, help="Hours for which tokens of the old key still count.")
    ] = 24,
) -> None:
    """Let another key sign for a node. Tokens of the old one count for a while more; it signs none any more."""
    print(changed(node, keep * 3600))


@tokens.command()
def revoke(
    token: Annotated[str, typer.Option(help="One token, or its id (jti).")] = "",
    key: Annotated[str, typer.Option(help="A key by its kid: all of its tokens.")] = "",
    subject: Annotated[
        str, typer.Option(help="A person: all that were issued until now, or until --before.")
    ] = "",
    node: Node = "city",
    before: Annotated[datetime | None, typer.Option(help="The moment until which they were issued.")] = None,
) -> None:
    """Take back a token, all tokens of a person, or a key. It counts within a second, for open streams as well."""
    from services.kit import issuers
    from services.kit.time import wall
    from services.node.plan import plan

    if (bool(token) + bool(key) + bool(subject)) != 1:
        raise Failure("name one thing to be taken back: --token, --key or --subject")
    file = plan().issuers
    if token:
        issuers.revoke_token(file, *told(token))
    elif subject:
        until = before.astimezone() if before is not None else wall()
        issuers.revoke_person(file, node, subject, until.timestamp())
    else:
        of = key.rpartition(".")[0]
        current = issuers.kid_of(of, issuers.public_of(plan().token_key(of).read_bytes()))
        if not issuers.revoke_key(file, key):
            raise Failure(f"{file} has no key {key}")
        if key == current:
            print(changed(of, 0))


def changed(node: str, keep: float) -> str:
    """Put a new key in the place of a node's; its kid."""
    from services.node.plan import plan

    return changed_token_key(plan().issuers, plan().token_key(node), node, keep)


def changed_token_key(issuers: Path, key: Path, node: str, keep: float) -> str:
    """The same where the keys are told. Cut off anywhere, a second call goes on with the key that was made."""
    from services.kit.access import make_key
    from services.kit.issuers import enrol, public_of
    from services.kit.key_change import next_key

    new = next_key("token", key)
    make_key(new.parent, new.stem)
    kid = enrol(issuers, node, public_of(new.read_bytes()), keep)
    for end in (".pub", ".key"):
        if (made := new.with_suffix(end)).exists():
            made.replace(key.with_suffix(end))
    return kid


def told(token: str) -> tuple[str, float]:
    """The id of a token and when it ends, from the token itself or as it was written down."""
    import jwt

    far = datetime.now(UTC) + timedelta(days=366)
    if token.count(".") != 2:
        return token, far.timestamp()
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
        return str(claims["jti"]), float(claims["exp"])
    except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
        raise Failure("that is no token of this installation") from None
