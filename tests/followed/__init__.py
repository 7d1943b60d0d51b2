"""The docs' commands, followed on a control plane of their own: uv run pytest tests/followed."""
