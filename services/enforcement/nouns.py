"""What the records of this service are called when one is not there, and at which kind of node they begin."""

from services.kit.words import Nouns

NOUNS: Nouns = {
    "AdvanceRegistration": ("先行登记保存", "advance registration", ""),
    "Assistance": ("协助请求", "request for help", ""),
    "Benchmark": ("行政处罚裁量基准", "discretion benchmark", ""),
    "Body": ("行政执法主体", "enforcement body", "city"),
    "Case": ("案件", "case", ""),
    "CasePaper": ("执法文书", "paper", ""),
    "Clock": ("期限", "deadline", ""),
    "Correction": ("更正", "correction", ""),
    "CreditRepair": ("信用修复", "credit repair", ""),
    "CourtEnforcement": ("申请法院强制执行", "enforcement by the court", ""),
    "Enforcement": ("行政强制执行", "enforcement", ""),
    "Evidence": ("证据", "evidence", ""),
    "Inspection": ("行政检查", "inspection", ""),
    "InspectionDraw": ("随机抽取", "draw", ""),
    "InspectionPlan": ("检查计划", "plan of inspections", ""),
    "Measure": ("行政强制措施", "compulsory measure", ""),
    "PaperFile": ("文书文件", "file of a paper", ""),
    "PowerItem": ("权责事项", "power item", "city"),
    "Recusal": ("回避", "recusal", ""),
    "ReceiptBatch": ("罚款票据", "batch of receipts", ""),
    "Referral": ("涉嫌犯罪案件移送", "referral of a suspected crime", ""),
    "StoredFile": ("文件", "file", ""),
    "SelfAssessment": ("自查自评", "self-assessment", ""),
    "SupervisionAnswer": ("对监督机构的答复", "answer to the oversight body", ""),
    "SupervisionOrder": ("监督事项", "supervision matter", "city"),
    "Standing": ("执法人员", "officer", "city"),
}
