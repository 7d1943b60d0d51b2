"""The fleet's services beside Flux's controllers: as processes, with the rights of their ServiceAccounts.

The cluster is real, and so are the repositories. GitHub is played: its API, its listing and its statuses.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import yaml

from tests.fleet_services.command import SERVICES, START, account_in, arguments
from tests.fleet_services.served import served
from tests.flux.begin import GITHUB_PORT, edit
from tests.flux.fleet import APPS, KUSTOMIZATION, SLOWLY, Fleet
from tests.flux.github_host import CONTEXT, Host, Post
from tests.flux.registry import Registry
from tests.plane.flux import NAMESPACE, REFLECTOR, has, start_image_reflector
from tests.plane.kubectl import wait
from tests.serving import free_port

TOKEN = "of-the-operator"  # noqa: S105  # Its only use is in this run.


@dataclass(frozen=True, slots=True)
class Services:
    """The three of them, and what they talk to."""

    fleet: Fleet
    host: Host
    registry: Registry
    secret: Path
    """The folder of their GitHub credentials."""
    ports: dict[str, int]

    def posted(self, revision: str, context: str = CONTEXT) -> list[Post]:
        """What was reported on a commit under a name, oldest first."""
        commit = revision.rpartition(":")[2]
        return [each for each in self.host.posts if (each.commit, each.context) == (commit, context)]

    def reported(self, revision: str, state: str, words: str = "", context: str = CONTEXT) -> Post:
        """The newest report on a commit under a name, once it has this state and these words."""

        def wanted(posts: list[Post]) -> bool:
            return bool(posts) and posts[-1].state == state and words in posts[-1].description

        return wait(lambda: self.posted(revision, context), wanted, SLOWLY)[-1]

    def metric(self, service: str, name: str) -> float:
        """The value of a metric."""
        text = httpx2.get(f"http://127.0.0.1:{self.ports[service]}/metrics", follow_redirects=True).text
        [value] = [line.split()[1] for line in text.splitlines() if line.split()[0] == name]
        return float(value)

    def log(self, service: str) -> str:
        """What a service has said."""
        return self.fleet.plane.processes.log(service).read_text()


def turn_on(fleet: Fleet, discovery: int, registry: str) -> None:
    """Commit what their page says, with the discovery and a registry on loopback."""
    file = fleet.repository.clone / "clusters" / "dev" / "kustomization.yaml"
    cluster = yaml.safe_load(file.read_text())
    cluster["patches"] += yaml.safe_load(documented())["patches"]
    file.write_text(yaml.safe_dump(cluster, sort_keys=False))
    provider = fleet.repository.clone / "components" / "discovery" / "provider.yaml"
    edit(provider, "http://discovery.flux-apps.svc.cluster.local/", f"http://127.0.0.1:{discovery}/")
    policies = fleet.repository.clone / "components" / "images" / "policies.yaml"
    edit(policies, "image: ghcr.io/acme/", f"insecure: true\n        image: {registry}/acme/")
    edit(policies, "        secretRef: { name: ghcr }\n", "")
    fleet.repository.push("feat: turn the services on")
    fleet.poll("flux-system", NAMESPACE)
    names = lambda: {each["metadata"]["name"] for each in fleet.cluster.all("serviceaccounts", APPS)}  # noqa: E731
    wait(names, lambda found: {"discovery", "commit-status", "images"} <= found, SLOWLY)
    fleet.is_green(KUSTOMIZATION, "apps", NAMESPACE)


def documented() -> str:
    """The patch on the services' page that includes them."""
    text = (SERVICES / "README.md").read_text()
    [block] = [each.partition("```")[0] for each in text.split("```yaml\n")[1:] if "/spec/components" in each]
    return block


def start(fleet: Fleet, service: str, port: int, *options: str) -> None:
    """Start a service with the arguments of its manifest, and the token of its ServiceAccount."""
    token = fleet.cluster.kubectl("create", "token", service, "-n", APPS)
    ca = (fleet.plane.certificates("kube-apiserver") / "ca.crt").read_text()
    account = account_in(fleet.plane.folder / "accounts" / service, token, ca)
    fleet.plane.processes.start(
        service,
        *(sys.executable, "-c", START, *arguments(service), *options),
        f"--port={port}",
        f"--account={account}",
        f"--kubernetes-api={fleet.plane.url}",
        env={"PYTHONPATH": str(SERVICES)},
    )


@contextmanager
def services(fleet: Fleet, folder: Path) -> Iterator[Services]:
    """The services, while they run. The folder is for their files."""
    host, registry = Host(), Registry()
    ports = {name: free_port() for name in ("discovery", "commit-status", "images")}
    for name, text in (("token", TOKEN), ("removed", "# none\n"), ("frozen", "# none\n")):
        (folder / name).write_text(text)
    secret = folder / "github"
    secret.mkdir()
    (secret / "token").write_text("secret")
    for name, token in (("discovery-token", TOKEN), ("github-app", "secret")):
        literal = f"--from-literal=token={token}"
        fleet.cluster.kubectl("create", "secret", "generic", name, "-n", APPS, literal)
    with (
        served(host.respond, fleet.plane.addresses.host, GITHUB_PORT) as address,
        served(registry.respond) as images,
    ):
        host.github.address, registry.address = address, images.removeprefix("http://")
        turn_on(fleet, ports["discovery"], registry.address)
        if has(REFLECTOR):
            start_image_reflector(fleet.plane)
        github = (f"--github-api={address}", f"--credentials={secret}")
        files = {
            "discovery": (f"--token={folder / 'token'}", f"--removed={folder / 'removed'}"),
            "images": (f"--frozen={folder / 'frozen'}",),
        }
        for name, port in ports.items():
            start(fleet, name, port, *github, *files.get(name, ()))
        yield Services(fleet, host, registry, secret, ports)
        fleet.plane.processes.stop(*ports)
