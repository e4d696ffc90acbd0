"""What may be thought of a shown certificate, in words."""

# How a certificate that is not in force is told to whoever scanned the code.
OF_STANDING = {"ACTIVE": "IN_FORCE", "SUSPENDED": "SUSPENDED", "REVOKED": "REVOKED", "EXPIRED": "EXPIRED"}
# What each verdict says, in English and Chinese.
SAYS = {
    "IN_FORCE": (
        "Genuine: the holder may enforce within the scope shown.",
        "证件真实有效，持证人可以在所示范围内执法。",
    ),
    "UNREADABLE": (
        "This is not a code of an enforcement certificate. Do not rely on it.",
        "这不是行政执法证件二维码，请勿采信。",
    ),
    "FORGED": (
        "Forged: no department of this city signed this code for this holder. Do not rely on it; please report it.",
        "伪造的二维码：本市没有任何部门为该持证人签发此码。请勿采信，并请举报。",
    ),
    "ALTERED": (
        "Altered: the content of this code was changed after it was signed. Do not rely on it; please report it.",
        "被篡改的二维码：签发后内容被改动。请勿采信，并请举报。",
    ),
    "OUT_OF_TIME": (
        "The minutes of this code are over. Ask the officer to show a fresh one; a screenshot or print is no proof.",
        "此码已超过有效时间。请要求执法人员当场重新出示；截图或者打印件不能作为凭证。",
    ),
    "NOT_YET": (
        "This code says that it was made in the future. Ask the officer to show a fresh one.",
        "此码所载签发时间尚未到来。请要求执法人员当场重新出示。",
    ),
    "UNKNOWN_CERTIFICATE": (
        "The signature is genuine, but the register has no certificate of this number. Do not rely on it.",
        "签名真实，但登记库中没有该编号的证件，请勿采信。",
    ),
    "DIFFERS": (
        "The signature is genuine, but the register by now says something else of this certificate. Ask for a fresh code.",
        "签名真实，但登记库中该证件的记载已与此码不一致。请要求重新出示。",
    ),
    "SUSPENDED": (
        "The certificate is suspended: the holder may not enforce.",
        "该证件处于暂扣期间，持证人不得执法。",
    ),
    "REVOKED": (
        "The certificate was revoked: the holder may not enforce.",
        "该证件已被吊销，持证人不得执法。",
    ),
    "EXPIRED": (
        "The certificate has expired: the holder may not enforce.",
        "该证件已过有效期，持证人不得执法。",
    ),
    "ENDED": (
        "The certificate was cancelled, reported lost or found void: the holder may not enforce with it.",
        "该证件已被注销、报失或者确认无效，持证人不得据此执法。",
    ),
}
