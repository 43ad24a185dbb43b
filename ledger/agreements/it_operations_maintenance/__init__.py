"""信息系统运行维护服务合同（示例文本）: what it is called in terms; ``agreement`` puts its clauses together."""

SLUG = "it-operations-maintenance"
