"""What stands above every agreement, each rule under its article, with its words."""
