"""Commands of the project that take no arguments: `--help` prints what they do, and does nothing."""

from argparse import ArgumentParser


def none(module: str, about: str | None) -> None:
    """Exit where the command line has anything: 0 after `--help`, else 2. `about`: the module's docstring."""
    ArgumentParser(prog=f"python -m {module}", description=about).parse_args()
