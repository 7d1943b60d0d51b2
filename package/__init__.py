"""The packages that Crossplane installs, and what writes their generated files."""
