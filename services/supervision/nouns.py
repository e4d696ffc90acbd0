"""What the records of this service are called when one is not there, and at which kind of node they begin."""

from services.kit.words import Nouns

NOUNS: Nouns = {
    "Assessment": ("评议考核", "assessment", ""),
    "AssistanceView": ("协助请求", "request for help", "department"),
    "Case": ("案件", "case", "department"),
    "CaseView": ("案件", "case", "department"),
    "Certificate": ("行政执法证件", "certificate", ""),
    "Clock": ("期限", "deadline", ""),
    "Complaint": ("投诉举报", "complaint", ""),
    "Dispute": ("管辖争议", "dispute", ""),
    "EnforcementBody": ("执法主体", "enforcement body", ""),
    "Body": ("执法主体", "enforcement body", ""),
    "Filing": ("备案审查", "filing", "department"),
    "InspectionCode": ("检查码", "inspection code", ""),
    "InspectionView": ("行政检查", "inspection", "department"),
    "Unsealer": ("可以拆封的人员", "person who may unseal", ""),
    "OrderPaper": ("监督文书", "supervision paper", ""),
    "OrderPaperFile": ("监督文书文件", "file of a supervision paper", ""),
    "PublishedReport": ("已公开的年度报告", "published report", ""),
    "ReportDefinition": ("统计报表", "report", ""),
    "YearlyReport": ("年度报表", "yearly report", ""),
    "SupervisionOrder": ("监督事项", "supervision matter", ""),
    "Judging": ("逐月判断", "judgement of the months", ""),
    "Warning": ("预警", "warning", ""),
}
