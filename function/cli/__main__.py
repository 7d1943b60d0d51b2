"""python -m function.cli, for where no script is installed."""

from function.cli import cli

if __name__ == "__main__":  # Other processes import it.
    cli(prog_name="nodeapp")
