"""Stories on a real control plane: uv run pytest tests/live."""
