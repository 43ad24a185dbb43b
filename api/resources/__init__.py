"""The resources of the API: each module declares the routes of one, over the service."""
