"""第十二条 争议的解决: its words; the facts of disputes are every contract's, and no conclusion rests on them alone."""
