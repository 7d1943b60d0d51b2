"""The packages that Crossplane installs, and the code that generates some of their files."""
