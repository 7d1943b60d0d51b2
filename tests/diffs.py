"""An app that is edited, and what nodeapp diff says of that."""

from click.testing import Result

from tests.console import PLATFORM, Console, spec

APP = """\
    team: web
    frontend: {image: "ghcr.io/acme/shop:1.0"}
    backend: {image: "ghcr.io/acme/shop-api:1.0", migrate: [migrate], env: {LOG_LEVEL: info}}
    database: {name: shop, version: 18, storage: 20Gi}
    """


def edited(shell: Console, *edits: tuple[str, str], options: tuple[str, ...] = ()) -> Result:
    """What is said when each text of the app is replaced by another."""
    after = APP
    for old, new in edits:
        assert old in after
        after = after.replace(old, new)
    shell.write("before.yaml", spec(APP))
    shell.write("after.yaml", spec(after))
    shell.write("platform.yaml", PLATFORM)
    return shell.run("diff", "before.yaml", "after.yaml", "--platform", "platform.yaml", *options)


def words(done: Result) -> dict[str, list[str]]:
    """The changes of one app by their titles."""
    found: dict[str, list[str]] = {}
    head, _, _ = done.stdout.partition("\n\n")
    for line in head.splitlines()[1:]:
        if line.endswith(":") and not line.startswith("    "):
            found[line.strip(" :")] = []
        else:
            found.setdefault(next(reversed(found), ""), []).append(line.strip())
    return found
