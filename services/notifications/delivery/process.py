"""What may become of a delivery, as a table."""

from services.law.process import Move, Process
from services.law.rule import Unlawful

# fmt: off
DELIVERY = Process(
    "delivery",
    #    act        from       to           law
    Move("DELIVER", "PENDING", "DELIVERED", "INTERNAL", title_zh="送达", title_en="Deliver"),
    Move("DELAY",   "PENDING", "PENDING",   "INTERNAL", title_zh="稍后再试", title_en="Try again later"),
    Move("GIVE_UP", "PENDING", "FAILED",    "INTERNAL", title_zh="放弃", title_en="Give up"),
    Move("RETRY",   "FAILED",  "PENDING",   "INTERNAL", title_zh="人工重试", title_en="Retry by hand",
         rpc="RetryDelivery"),
    titles=("通知投递", "Delivery of a notice"),
)
# fmt: on


def step(act: str, state: str, delivery_id: str) -> str:
    """The state that an act leads to. Raises Unlawful, whose metadata also names the delivery."""
    try:
        return DELIVERY.step(act, state, None).target
    except Unlawful as no:
        no.about["delivery_id"] = delivery_id
        raise
