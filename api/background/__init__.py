"""Background tasks of a server: deliveries to webhooks, and building evidence packages."""
