"""The questions asked of a swept contract; each module answers one."""
