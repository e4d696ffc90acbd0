"""What the records of this service are called when one is not there, and at which kind of node they begin."""

from services.kit.words import Nouns

NOUNS: Nouns = {
    "Benchmark": ("行政处罚裁量基准", "discretion benchmark", ""),
    "Body": ("行政执法主体", "enforcement body", "city"),
    "Case": ("案件", "case", ""),
    "Clock": ("期限", "deadline", ""),
    "Evidence": ("证据", "evidence", ""),
    "Inspection": ("行政检查", "inspection", ""),
    "InspectionDraw": ("随机抽取", "draw", ""),
    "InspectionPlan": ("检查计划", "plan of inspections", ""),
    "PowerItem": ("权责事项", "power item", "city"),
    "Recusal": ("回避", "recusal", ""),
    "Standing": ("执法人员", "officer", "city"),
}
