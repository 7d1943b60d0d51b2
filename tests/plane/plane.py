"""One control plane: its folder, its addresses, its certificates, and the programs that run for it."""

import base64
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.certificates import Authority
from tests.plane.addresses import Addresses
from tests.plane.kubectl import Cluster
from tests.plane.processes import Processes

API_PORT = 6443
USERS = {"admin": "system:masters", "crossplane": ""}
"""Who has a token and a kubeconfig, each with its group. Crossplane has only the rights its chart grants."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A control plane, whether it runs or not. All its state is in one folder."""

    folder: Path
    addresses: Addresses
    processes: Processes
    authority: Authority = field(default_factory=lambda: Authority("throwaway control plane"))
    tokens: dict[str, str] = field(default_factory=lambda: {user: secrets.token_urlsafe() for user in USERS})

    @property
    def url(self) -> str:
        """Where the API server listens."""
        return f"https://{self.addresses.host}:{API_PORT}"

    @property
    def cluster(self) -> Cluster:
        """What kubectl reaches, as an administrator."""
        return Cluster(self.kubeconfig("admin"))

    def kubeconfig(self, user: str) -> Path:
        """A user's kubeconfig. The administrator's has the usual name."""
        return self.folder / ("kubeconfig" if user == "admin" else f"kubeconfig-{user}")

    def certificates(self, name: str) -> Path:
        """The folder with a server's or client's key and certificate. They are made when first asked for."""
        folder = self.folder / "tls" / name
        if not folder.exists():
            folder.parent.mkdir(exist_ok=True)
            self.authority.issue(name, folder, self.addresses.host)
        return folder

    def ca_bundle(self, name: str) -> str:
        """What vouches for a server, as webhook configurations want it."""
        return base64.b64encode((self.certificates(name) / "ca.crt").read_bytes()).decode()

    def write_credentials(self) -> Path:
        """Write a kubeconfig for each user. Returns the file of tokens that the API server knows them by."""
        cluster = {"server": self.url, "certificate-authority-data": self.ca_bundle("kube-apiserver")}
        for user, token in self.tokens.items():
            config = {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": "plane",
                "clusters": [{"name": "plane", "cluster": cluster}],
                "contexts": [{"name": "plane", "context": {"cluster": "plane", "user": user}}],
                "users": [{"name": user, "user": {"token": token}}],
            }
            self.kubeconfig(user).write_text(yaml.safe_dump(config))
        file = self.folder / "tokens.csv"
        rows = (f'{token},{user},{user},"{USERS[user]}"\n' for user, token in self.tokens.items())
        file.write_text("".join(rows))
        return file
