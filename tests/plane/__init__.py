"""A throwaway control plane on loopback, of released programs: uv run python -m tests.plane."""
