"""CloudNativePG's own operator and webhooks judge what is composed: uv run pytest tests/operator."""
