"""GitHub's REST API, as far as the services need it."""
