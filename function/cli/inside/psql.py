"""nodeapp psql: psql in a pod of an app's database."""

import click

from function.cli.cluster import options
from function.cli.cluster.kubectl import ClusterError, Kubectl
from function.cli.inside import shell
from function.cli.inside.parts import DATABASE, App
from function.read import text


@click.command("psql", context_settings={"ignore_unknown_options": True})
@click.argument("app")
@click.argument("words", nargs=-1, metavar="[-- OPTION...]", type=click.UNPROCESSED)
@options.NAMESPACE
@options.CONTEXT
@click.option(
    "--replica", is_flag=True, help="On a replica, where nothing can be changed. Default: the primary."
)
@click.option("--superuser", is_flag=True, help="As postgres. Default: as the role that owns the database.")
def command(
    *,
    app: str,
    words: tuple[str, ...],
    namespace: str | None,
    context: str | None,
    replica: bool,
    superuser: bool,
) -> None:
    """Open psql on the database of the NodeApp APP, or run it with OPTIONs.

    It runs in a pod of the database, so it needs no password and no way through the network. What it
    makes belongs to the app: it has the role that owns the database, unless --superuser is given.
    Who may run commands in these pods could take that anyway.

    The exit code is that of psql, and 2 if there is no such app, no database, or none of its pods is ready.

    \b
    Examples:
      nodeapp psql shop -n shop
      nodeapp psql shop -n shop --replica -- -c 'SELECT count(*) FROM orders'
      nodeapp psql shop -n shop < report.sql
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    found = App(Kubectl(namespace, context), app)
    database = text(found.claim, "status", "database", "name")
    if DATABASE not in found.parts or database is None:
        message = f"{app} has no database yet; nodeapp why {app} -n {found.namespace} says why"
        raise ClusterError(message)
    pod = found.running(DATABASE, f"cnpg.io/instanceRole={'replica' if replica else 'primary'}")
    # A database and its owner have one name.
    role = [] if superuser else ["env", f"PGOPTIONS=-c role={database}"]
    found.kubectl.become(
        "exec", pod, "-c", "postgres", *shell.terminal(), "--", *role, "psql", database, *words
    )
