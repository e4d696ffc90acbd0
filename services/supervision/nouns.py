"""What the records of this service are called when one is not there, and at which kind of node they begin."""

from services.kit.words import Nouns

NOUNS: Nouns = {
    "Accountability": ("责任追究事项", "matter of accountability", ""),
    "AssistanceView": ("协助请求", "request for help", "department"),
    "Case": ("案件", "case", "department"),
    "CaseView": ("案件", "case", "department"),
    "Certificate": ("行政执法证件", "certificate", ""),
    "Clock": ("期限", "deadline", ""),
    "Complaint": ("投诉举报", "complaint", ""),
    "Dispute": ("管辖争议", "dispute", ""),
    "FileReview": ("案卷评查", "file review", ""),
    "FileReviewBatch": ("案卷评查抽样", "sample of case files", ""),
    "DocumentCleanup": ("规范性文件清理", "clean-up of documents", ""),
    "DocumentFiling": ("规范性文件备案", "filing of a document", ""),
    "DocumentRequest": ("规范性文件审查建议", "request to review a document", ""),
    "DraftComment": ("公众意见", "comment on a draft", ""),
    "Filing": ("备案审查", "filing", "department"),
    "InspectionCode": ("检查码", "inspection code", ""),
    "InspectionView": ("行政检查", "inspection", "department"),
    "NormativeDocument": ("规范性文件", "normative document", ""),
    "Unsealer": ("可以拆封的人员", "person who may unseal", ""),
    "OrderPaper": ("监督文书", "supervision paper", ""),
    "OrderPaperFile": ("监督文书文件", "file of a supervision paper", ""),
    "Suit": ("行政应诉案件", "suit", ""),
    "SupervisionOrder": ("监督事项", "supervision matter", ""),
    "Judging": ("逐月判断", "judgement of the months", ""),
    "Warning": ("预警", "warning", ""),
}
