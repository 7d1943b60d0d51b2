"""The `nodeapp` command beside a control plane of its own: uv run pytest tests/command."""
