"""nodeapp check names each problem in words, with its line."""

import pytest

from tests.console import PLATFORM, Console, head, spec

NAMED = (
    "must be at most 40 lower case letters, digits and -, begin with a letter and not end with -; "
    "delete it and apply it under another name"
)
HOSTED = "must be a host name such as www.acme.dev, or all below one, such as *.acme.dev"
TAGGED = "must be an image with a tag or digest, such as ghcr.io/acme/dashboard:1.4.0"


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
        f"app.yaml:14:33: spec.ingress.hosts.1: {HOSTED}, not 'Not OK'",
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
