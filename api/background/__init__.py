"""What a server does beside its requests: deliveries to webhooks, and packages being built."""
