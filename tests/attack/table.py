"""All attacks."""

from tests.attack.attack import Attack
from tests.attack.bus import BUS
from tests.attack.events import EVENTS
from tests.attack.files import FILES
from tests.attack.forms import SENT
from tests.attack.pages import PAGES
from tests.attack.proofs import PROOFS
from tests.attack.records import RECORDS
from tests.attack.rights import RIGHTS
from tests.attack.texts import FORMS
from tests.attack.tls import TLS
from tests.attack.tokens import TOKENS
from tests.attack.wire import WIRE

ATTACKS: tuple[Attack, ...] = (
    *TOKENS,
    *RIGHTS,
    *RECORDS,
    *FORMS,
    *TLS,
    *WIRE,
    *PAGES,
    *SENT,
    *FILES,
    *BUS,
    *PROOFS,
    # what is sent by hand stays in the streams that are looked at before
    *EVENTS,
)
