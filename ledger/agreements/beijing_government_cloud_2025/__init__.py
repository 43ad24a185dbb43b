"""北京市级政务云服务协议（2025 年版）: what it is called in terms; ``agreement`` puts its clauses together."""

SLUG = "beijing-municipal-government-cloud-2025"
