"""What Crossplane installs, and what writes it."""
