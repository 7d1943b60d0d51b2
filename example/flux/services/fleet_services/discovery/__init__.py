"""Find an organisation's deploy repositories by their topic."""
