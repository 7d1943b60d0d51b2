"""nodeapp check tells everything that is wrong, where it stands."""

from function.cli import check
from tests.console import NODEAPP, PLATFORM, Console, spec

TAGGED = "must be an image with a tag or digest, such as ghcr.io/acme/dashboard:1.4.0"


def test_all_is_well(shell: Console) -> None:
    """One line says how much was looked at."""
    one = shell.write("one.yaml", NODEAPP)
    cafe, site = (NODEAPP.replace("name: shop", f"name: {name}") for name in ("cafe", "site"))
    many = shell.write("many.yaml", f"{cafe}---\n{site}---\n{PLATFORM}---\nkind: Service\n")

    for arguments, output in (
        ([one], "1 NodeApp is fine\n"),
        ([one, many], "3 NodeApps and 1 Platform are fine\n"),
        (["--platform-file", many], "1 Platform is fine\n"),
        (["--format", "github", one], "1 NodeApp is fine\n"),
    ):
        done = shell.run("check", *arguments)
        assert (done.exit_code, done.output) == (0, output)


def test_nothing_to_check(shell: Console) -> None:
    """Files of other kinds are fine, since pre-commit hands in what changed; no files are a mistake."""
    done = shell.run("check", shell.write("service.yaml", "kind: Service\n"))
    assert (done.exit_code, done.output) == (0, "no NodeApps to check\n")

    done = shell.run("check")
    assert done.exit_code == 2
    assert "Nothing to check: name a FILE, a DIR, or - for standard input." in done.stderr


def test_an_xr_of_another_kind_passes_by(shell: Console) -> None:
    """A company's other APIs may share the group."""
    done = shell.run("check", "-", stdin="apiVersion: platform.io/v1\nkind: XDatabase\n")

    assert (done.exit_code, done.output) == (0, "no NodeApps to check\n")


def test_an_xr_is_judged_by_the_name_of_its_claim(shell: Console) -> None:
    """Its own is longer, and nobody chose it. What Crossplane adds to its spec is known."""
    name = "a" * 40
    xr = f"""\
        apiVersion: platform.io/v1
        kind: XNodeApp
        metadata:
          name: {name}-x7k2p
          labels: {{crossplane.io/claim-name: {name}, crossplane.io/claim-namespace: shop}}
        spec:
          team: web
          frontend: {{}}
          claimRef: {{name: {name}}}
          compositionRef: {{name: node-development}}
        """
    assert shell.run("check", shell.write("xr.yaml", xr)).output == "1 NodeApp is fine\n"


def test_a_mistake_in_one_file_hides_no_other(shell: Console) -> None:
    """Syntax, encoding and an app's own problems stand side by side."""
    files = [
        shell.write("a.yaml", "a: [\n"),
        shell.write("b.yaml", b"\xff\xfe"),
        shell.write("c.yaml", spec("team: web")),
    ]

    done = shell.run("check", *files)

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "a.yaml:2:1: isn't YAML: did not find expected node content while parsing a flow node",
        "b.yaml: is text in UTF-16; save it as UTF-8",
        "c.yaml:4:1: spec: must have a frontend or a backend",
        "3 problems",
    ]


def test_annotations_of_a_pull_request(shell: Console) -> None:
    """GitHub shows each beside its line; what would end a property is escaped by GitHub's rules."""
    shell.write("a,b:c.yaml", spec("team: web\nfrontend: {image: '50%'}"))

    done = shell.run("check", "--format", "github", "a,b:c.yaml")

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"::error file=a%2Cb%3Ac.yaml,line=6,col=14::spec.frontend.image: {TAGGED}, not '50%25'",
        "1 problem",
    ]
    assert check.escaped("a\r\nb: c,d") == "a%0D%0Ab: c,d"
