"""What the records of this service are called when one is not there, and at which kind of node they begin."""

from services.kit.words import Nouns

NOUNS: Nouns = {
    "AccountabilityEntry": ("责任追究记录", "entry of accountability", "city"),
    "AnnualReview": ("年度审验", "annual review", "city"),
    "Appointment": ("岗位任职", "appointment", "department"),
    "Body": ("行政执法主体", "enforcement body", "city"),
    "BodyChange": ("执法主体变更", "change of a body", "city"),
    "Certificate": ("行政执法证件", "certificate", "city"),
    "Clock": ("期限", "deadline", ""),
    "DepartmentReview": ("部门审验", "review of a department", "city"),
    "Exam": ("考试", "exam", "city"),
    "ExamEntry": ("考试报名", "entry for an exam", "department"),
    "LeaderTest": ("领导人员测试", "leader's test", "city"),
    "LegalBasis": ("执法依据", "legal basis", "city"),
    "Measure": ("处理措施", "measure", "city"),
    "Officer": ("执法人员", "officer", "department"),
    "OfficerYear": ("年度培训", "officer's year of training", "department"),
    "PointsEntry": ("记分", "entry of points", "department"),
    "PointsTable": ("记分标准", "table of points", "city"),
    "Post": ("岗位", "post", "department"),
    "PowerItem": ("权责事项", "power item", "city"),
    "PowerList": ("权责清单", "power list", "city"),
    "PowerListVersion": ("权责清单", "power list", "city"),
    "Qualification": ("资格", "qualification", "city"),
    "SigningKey": ("亮证密钥", "key for showing certificates", "department"),
    "Suspension": ("证件暂扣", "suspension", "city"),
    "Training": ("培训", "training", "department"),
    "TrainingPlan": ("培训计划", "plan of training", "department"),
    "Transfer": ("人员调动", "transfer", "department"),
    "Unit": ("机构", "unit", "department"),
}
