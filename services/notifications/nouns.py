"""What the records of this service are called when one is not there, and at which kind of node they begin."""

from services.kit.words import Nouns

NOUNS: Nouns = {
    "Contact": ("联系方式", "contact", ""),
    "Delivery": ("发送记录", "delivery", ""),
    "Notification": ("通知", "notification", ""),
}
