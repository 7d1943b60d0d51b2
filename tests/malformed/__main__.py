"""Send malformed requests to the real server: python -m tests.malformed --requests 100000 --seed 1.

Prints how many answers there were of each kind. Exits 1 if there is one that no request may get: an error
other than INVALID_ARGUMENT, one for a readable request, an answer without a sentence, or an observed Cluster
that isn't desired any more.
"""

import sys

import click

from tests.malformed.run import run


@click.command()
@click.option("--requests", default=100_000, show_default=True, help="How many requests to send.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same requests.")
def main(requests: int, seed: int) -> None:
    """Send malformed requests to the real server, and judge its answers."""
    tally = run(requests, seed)
    click.echo("\n".join(tally.lines()))
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
