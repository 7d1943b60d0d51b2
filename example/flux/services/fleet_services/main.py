"""The command of the image, with a subcommand for each service."""

import logging
import time
from pathlib import Path

import click
import uvicorn

from fleet_services.commit_status.reporter import METRICS, Reporter
from fleet_services.commit_status.service import CommitStatus
from fleet_services.discovery import answer
from fleet_services.discovery.answer import Discovery, Settings
from fleet_services.discovery.web import application
from fleet_services.github.client import GitHub, connect
from fleet_services.github.credentials import Credentials
from fleet_services.images import service as images_service
from fleet_services.kubernetes import ACCOUNT, SERVER, Kubernetes
from fleet_services.lifetime import run_until_stopped

FOLDER = click.Path(path_type=Path)
PORT = 8080

github_api = click.option("--github-api", default="https://api.github.com", help="Address of GitHub's API.")
credentials = click.option(
    "--credentials", type=FOLDER, default=Path("/etc/github"), help="Folder of the Secret for GitHub."
)
kubernetes_api = click.option("--kubernetes-api", default=SERVER, help="Address of Kubernetes' API.")
account = click.option("--account", type=FOLDER, default=ACCOUNT, help="Folder of the service account.")
port = click.option("--port", default=PORT, show_default=True, help="Where to listen.")
namespace = click.option("--namespace", required=True, help="Namespace of Flux's objects.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "FLEET"})
def cli() -> None:
    """Services of a fleet that Flux deploys."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # It logs each call.


@cli.command("discovery")
@github_api
@credentials
@kubernetes_api
@account
@port
@namespace
@click.option("--organisation", required=True, help="GitHub organisation whose repositories are listed.")
@click.option("--provider", default="discovery", help="Name of the ResourceSetInputProvider that asks.")
@click.option(
    "--removed", type=FOLDER, default=Path("/etc/discovery/removed"), help="File of apps that may go."
)
@click.option("--token", type=FOLDER, default=Path("/etc/token/token"), help="File of the callers' token.")
def discovery(
    github_api: str,
    credentials: Path,
    kubernetes_api: str,
    account: Path,
    port: int,
    namespace: str,
    organisation: str,
    provider: str,
    removed: Path,
    token: Path,
) -> None:
    """Serve an organisation's deploy repositories as inputs of a ResourceSet."""
    github = github_of(github_api, credentials, {"metadata": "read"})
    settings = Settings(organisation, namespace, provider, removed)
    service = Discovery(github, Kubernetes(kubernetes_api, account), settings)
    everywhere = "0.0.0.0"  # noqa: S104  # A pod's address isn't known before it runs.
    server = application(service.answer, token, answer.METRICS)
    uvicorn.run(server, host=everywhere, port=port, access_log=False)


@cli.command("commit-status")
@github_api
@credentials
@kubernetes_api
@account
@port
@namespace
@click.option("--cluster", required=True, help="Name of this cluster in the status.")
def commit_status(
    github_api: str,
    credentials: Path,
    kubernetes_api: str,
    account: Path,
    port: int,
    namespace: str,
    cluster: str,
) -> None:
    """Post each NodeApp's own sentence as a status of the commit that Flux applied."""
    github = github_of(github_api, credentials, {"statuses": "write"}, redirects=True)
    reporter = Reporter(github, time.monotonic)
    service = CommitStatus(Kubernetes(kubernetes_api, account), reporter, cluster, namespace)
    run_until_stopped(service.run, service.stop, port, METRICS)


@cli.command("images")
@github_api
@credentials
@kubernetes_api
@account
@port
@namespace
@click.option("--environment", "environments", multiple=True, required=True, help="Where images are moved.")
@click.option(
    "--frozen", type=FOLDER, default=Path("/etc/images/frozen"), help="File of apps that aren't touched."
)
def images(
    github_api: str,
    credentials: Path,
    kubernetes_api: str,
    account: Path,
    port: int,
    namespace: str,
    environments: tuple[str, ...],
    frozen: Path,
) -> None:
    """Commit the newest images to deploy repositories, but for those that a person moved."""
    github = github_of(github_api, credentials, {"contents": "write"}, redirects=True)
    settings = images_service.Settings(namespace, frozenset(environments), frozen)
    service = images_service.Images(github, Kubernetes(kubernetes_api, account), settings, time.monotonic)
    run_until_stopped(service.run, service.stopped.set, port, images_service.METRICS)


def github_of(api: str, credentials: Path, permissions: dict[str, str], *, redirects: bool = False) -> GitHub:
    """GitHub with the credentials of a Secret."""
    http = connect(api, redirects=redirects)
    return GitHub(http, Credentials(credentials, http, permissions, time.time), time.time)
