"""nodeapp check tells everything that is wrong, where it stands."""

from pathlib import Path

import pytest

from function.cli import check, platforms
from tests.console import NODEAPP, PLATFORM, Console, head, spec

NAMED = (
    "must be at most 40 lower case letters, digits and -, begin with a letter and not end with -; "
    "delete it and apply it under another name"
)
TAGGED = "must be an image with a tag or digest, such as ghcr.io/acme/dashboard:1.4.0"


@pytest.fixture(name="shell")
def shell_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return Console()


def test_all_is_well(shell: Console) -> None:
    """One line says how much was looked at."""
    one = shell.write("one.yaml", NODEAPP)
    many = shell.write("many.yaml", f"{NODEAPP}---\n{NODEAPP}---\n{PLATFORM}---\nkind: Service\n")

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


def test_every_problem_is_told_from_top_to_bottom(shell: Console) -> None:
    """Wrong types, typos, rules, names and duplicates at once."""
    shell.write(
        "app.yaml",
        """\
        apiVersion: platform.io/v1
        kind: NodeApp
        metadata:
          name: Shop_1
          labels: {cost-center: 12}
        spec:
          backend:
            imge: ghcr.io/acme/shop:1.0
            port: "3001"
            env: {DEBUG: yes}
          frontend:
            image: ghcr.io/acme/shop
          ingress: {hosts: [ok.example, Not OK]}
          ingress: {hosts: [ok.example, Not OK]}
          databse: {}
        staus: {}
        """,
    )

    done = shell.run("check", "app.yaml")

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "app.yaml:14:3: spec.ingress: is there twice, first in line 13; keep one",
        f"app.yaml:4:3: metadata.name: 'Shop_1' {NAMED}",
        "app.yaml:5:12: metadata.labels.cost-center: must be text; put it in quotes, not 12",
        "app.yaml:6:1: spec.team: is required: Team that owns the app",
        "app.yaml:8:5: spec.backend.imge: is unknown; did you mean image?",
        "app.yaml:9:5: spec.backend.port: must be a whole number, not '3001'",
        "app.yaml:10:11: spec.backend.env.DEBUG: must be text; put it in quotes, not true",
        f"app.yaml:12:5: spec.frontend.image: {TAGGED}, not 'ghcr.io/acme/shop'",
        "app.yaml:14:33: spec.ingress.hosts.1: must be a host name such as dashboard.acme.dev, not 'Not OK'",
        "app.yaml:15:3: spec.databse: is unknown; did you mean database?",
        "app.yaml:16:1: staus: is unknown; did you mean status?",
        "11 problems",
    ]


@pytest.mark.parametrize(
    ("content", "output"),
    [
        pytest.param("team: web", "4:1: spec: must have a frontend or a backend", id="a rule of the whole"),
        pytest.param(
            "team: web\nfrontend: {}\nenvironment: qa",
            "7:3: spec.environment: the platform has no profile 'qa'; known are dev, prod, staging",
            id="policy",
        ),
        pytest.param(
            "team:\nfrontend: {}", "5:3: spec.team: is required: Team that owns the app", id="null is nothing"
        ),
        pytest.param(
            "team: web\nfrontend: {}\nmonitoring: maybe",
            "7:3: spec.monitoring: must be true or false, not 'maybe'",
            id="a wrong type",
        ),
        pytest.param(
            "team: web\nbackend: {}\ndatabase: {deletionPolicy: Keep}",
            "7:14: spec.database.deletionPolicy: must be 'Retain' or 'Delete', not 'Keep'",
            id="an unknown word",
        ),
        pytest.param(
            "team: web\nfrontend: {resources: {limits: {cpu: 0.5}}}",
            "6:35: spec.frontend.resources.limits.cpu: must be text; put it in quotes, not 0.5",
            id="a fraction",
        ),
        pytest.param(
            "team: web\nfrontend: {replicas: 1e3}",
            "6:14: spec.frontend.replicas: must be at most 100, not 1000",
            id="out of bounds",
        ),
    ],
)
def test_one_problem(shell: Console, content: str, output: str) -> None:
    """Where, which field, what is wrong and what to write."""
    app, platform = shell.write("app.yaml", spec(content)), shell.write("platform.yaml", PLATFORM)

    done = shell.run("check", "--platform", platform, app)

    assert (done.exit_code, done.stdout) == (1, f"app.yaml:{output}\n1 problem\n")


@pytest.mark.parametrize(
    ("text", "output"),
    [
        pytest.param(head(kind="Nodeapp"), "2:1: kind: must be NodeApp, not 'Nodeapp'", id="other letters"),
        pytest.param(head(kind="NodApp"), "2:1: kind: must be NodeApp, not 'NodApp'", id="a kind's typo"),
        pytest.param(
            head("platform.io/v2"),
            "1:1: apiVersion: must be platform.io/v1, not 'platform.io/v2'",
            id="another version",
        ),
        pytest.param(head(metadata="# none"), "1:1: metadata: is required", id="no metadata"),
        pytest.param(head(metadata="metadata: shop"), "3:1: metadata: must be a map", id="text"),
        pytest.param(
            head(metadata="metadata: {}"),
            "3:1: metadata.name: is required: Name of the app",
            id="no name",
        ),
        pytest.param(
            head(metadata="metadata: {name: 12}"),
            "3:12: metadata.name: must be text; put it in quotes, not 12",
            id="a number",
        ),
        pytest.param(
            head(metadata="metadata: {name: a, namespace: My Shop}"),
            "3:21: metadata.namespace: must be a DNS label: lower case letters, digits and -, such as "
            "platform-team, not 'My Shop'",
            id="a namespace that can't be",
        ),
        pytest.param(
            head(metadata=f"metadata: {{name: {'a' * 41}}}"),
            f"3:12: metadata.name: '{'a' * 41}' {NAMED}",
            id="a name too long",
        ),
        pytest.param(
            head(metadata="metadata: {name: 1shop}"),
            f"3:12: metadata.name: '1shop' {NAMED}",
            id="a name that isn't DNS-1035",
        ),
    ],
)
def test_the_object_itself(shell: Console, text: str, output: str) -> None:
    """What makes it no NodeApp is told of NodeApps, and of what is meant to be one."""
    done = shell.run("check", "-", stdin=text)

    assert (done.exit_code, done.stdout) == (1, f"<stdin>:{output}\n1 problem\n")


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


def test_policy_is_told_beside_a_wrong_name(shell: Console) -> None:
    """Renaming alone wouldn't do."""
    done = shell.run("check", "-", stdin=spec("team: web\nfrontend: {}\nenvironment: qa", name="SHOP"))

    assert [line.split(": ")[1] for line in done.stdout.splitlines()[:-1]] == [
        "metadata.name",
        "spec.environment",
    ]


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
        "b.yaml: isn't text in UTF-8",
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


def test_a_platform_is_checked(shell: Console) -> None:
    """Typos, names and rules; and that there is one at all."""
    wrong = shell.write(
        "wrong.yaml",
        """\
        apiVersion: nodeapp.platform.io/v1beta1
        kind: Platform
        metadata: {name: defalt}
        spec:
          domian: apps.example.com
          environment: qa
        """,
    )

    done = shell.run("check", "--platform-file", wrong, "--platform-file", shell.write("none.yaml", NODEAPP))

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "wrong.yaml:3:12: metadata.name: must be default: no other governs, not 'defalt'",
        "wrong.yaml:4:1: spec: environment must be dev, prod or a key of profiles",
        "wrong.yaml:5:3: spec.domian: is unknown; did you mean domain?",
        "none.yaml: has no Platform in it",
        "4 problems",
    ]


@pytest.mark.parametrize("name", ["check", "render"])
def test_nothing_is_judged_by_a_wrong_platform(shell: Console, name: str) -> None:
    """It would be judged by something else than what governs the cluster."""
    app, twice = shell.write("app.yaml", NODEAPP), shell.write("twice.yaml", f"{PLATFORM}---\n{PLATFORM}")

    done = shell.run(name, "--platform", twice, app)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: twice.yaml:10:1: is a second Platform; one governs the cluster\n"


def test_without_a_file_the_defaults_govern() -> None:
    """As in a cluster without a Platform."""
    value, settings = platforms.governing(None)

    assert value is None
    assert settings.environment == "prod"


@pytest.mark.parametrize(
    ("database", "environment", "notes"),
    [
        ("{}", "prod", 1),
        ("{version: 17}", "prod", 0),
        ("{deletionPolicy: Delete}", "prod", 0),
        ("{}", "dev", 0),
        ("{deletionPolicy: Retain}", "dev", 1),
    ],
)
def test_unwritten_version_under_retain_is_noted(
    shell: Console, database: str, environment: str, notes: int
) -> None:
    """A note, and no error: backups are found under the major, which Git would have to say."""
    body = f"team: a\nenvironment: {environment}\nbackend: {{}}\ndatabase: {database}\n"
    app = shell.write("a.yaml", spec(body))
    done = shell.run("check", app)
    note = (
        "a.yaml:8:3: spec.database: note: version isn't written; backups are found under it, so write the "
        "PostgreSQL major that runs (18 for a new database)\n"
    )
    assert (done.exit_code, done.stdout) == (0, note * notes + "1 NodeApp is fine\n")
    annotated = shell.run("check", "--format", "github", app).stdout
    assert annotated.startswith("::notice file=a.yaml,line=8,col=3::") == bool(notes)
