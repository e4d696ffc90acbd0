"""Who may sign in at the nodes of a city on one machine: a list of each node's own, and the personas of the demonstration."""

from pathlib import Path

from services.kit.access import make_key
from services.kit.issuers import enrol, public_of

CITY = (
    ("oversight-1", "执法监督人员", ("OVERSIGHT",)),
    ("oversight-head-1", "执法监督机构负责人", ("OVERSIGHT", "OVERSIGHT_HEAD")),
    ("registrar-1", "执法资格登记人员", ("REGISTRAR",)),
)
DEPARTMENT = (
    ("head-1", "主要负责人", ("AGENCY_HEAD",)),
    ("unit-1", "承办机构负责人", ("UNIT_HEAD",)),
    ("reviewer-1", "法制审核人员", ("LEGAL_REVIEWER",)),
    ("clerk-1", "送达公示、人事人员", ("CLERK", "ROSTER_CLERK")),
    ("finance-1", "财务人员", ("FINANCE",)),
)
"""Those who act in the demonstration, by what they are; its officers stand on the rosters."""


def let_sign(keys: Path, issuers: Path, node: str) -> None:
    """A key of the node's own for its tokens, which signs for no other node."""
    make_key(keys, "token")
    enrol(issuers, node, public_of((keys / "token.key").read_bytes()))


def write_staff(file: Path, kind: str) -> None:
    """The list of a node, once: what is written into it stays."""
    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(0o600)
    text = "# Who may sign in here besides those on the roster. `login` is who they are to the identity provider.\n"
    for subject, name, roles in CITY if kind == "city" else DEPARTMENT:
        named = ", ".join(f'"{role}"' for role in roles)
        text += f'\n[[staff]]\nsubject = "{subject}"\nname = "{name}"\nroles = [{named}]\n'
    file.write_text(text, "utf-8")


def access_settings(site: str) -> str:
    """The section of a node of the demonstration. A node in service has no personas, and `[access.oidc]` in their place."""
    return f"""
# Who may sign in. `personas` lets anybody sign in as anybody of the list: for a demonstration on one machine only.
[access]
staff = "staff/{site}.toml"
personas = true
"""
