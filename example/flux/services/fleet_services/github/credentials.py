"""The token for GitHub's API: written in a Secret, or made for a GitHub App.

The Secret is a mounted folder. It is read again at each call, so a rotated Secret needs no restart.
Its keys are those of Flux's own Secrets for GitHub: `token`, or `githubAppID`, `githubAppPrivateKey` and one
of `githubAppInstallationID` and `githubAppInstallationOwner`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2
import jwt
from pydantic import BaseModel, TypeAdapter

from fleet_services.github.errors import GitHubError, parsed, refusal
from fleet_services.github.exchange import exchange

EARLY = 300
"""Seconds before its end at which a token is replaced. A listing takes less."""
LIFETIME = 540
"""Seconds that a JWT for the App is valid. GitHub refuses more than 600."""
SKEW = 60
"""Seconds that this clock may be ahead of GitHub's."""


class InstallationToken(BaseModel):
    """GitHub's answer to a request for a token."""

    token: str
    expires_at: datetime


class Installation(BaseModel):
    """GitHub's answer to the question where an App is installed."""

    id: int


@dataclass(frozen=True, slots=True)
class Made:
    """A token that was made for an App."""

    keys: Mapping[str, str]
    """The Secret that it was made with."""
    token: str
    until: float
    """Unix time of its end."""


class Credentials:
    """Gives the token for the next call."""

    def __init__(
        self,
        folder: Path,
        http: httpx2.Client,
        permissions: Mapping[str, str],
        now: Callable[[], float],
    ) -> None:
        """Take the Secret's folder and the only permissions that a token for an App shall have."""
        self.folder, self.http, self.permissions, self.now = folder, http, permissions, now
        self.made: Made | None = None

    def token(self) -> str:
        """A token. Raises GitHubError if there is none."""
        keys = self.read()
        if "token" in keys:
            return keys["token"]
        if self.made is None or self.made.keys != keys or self.now() > self.made.until - EARLY:
            self.made = self.make(keys)
        return self.made.token

    def forget(self) -> None:
        """Make a new token for the next call, because GitHub refused this one."""
        self.made = None

    def read(self) -> dict[str, str]:
        """The keys of the Secret. Kubernetes' own links in the folder begin with a dot."""
        try:
            files = [each for each in self.folder.iterdir() if not each.name.startswith(".")]
            return {each.name: each.read_text().strip() for each in files if each.is_file()}
        except (OSError, UnicodeDecodeError) as error:
            message = f"the Secret with GitHub's credentials can't be read: {error}"
            raise GitHubError(message) from error

    def make(self, keys: Mapping[str, str]) -> Made:
        """A token for an App's installation, with the least rights."""
        app = self.signed(keys)
        installation = keys.get("githubAppInstallationID") or self.installation(keys, app)
        path = f"/app/installations/{installation}/access_tokens"
        answer = self.call("POST", path, app, {"permissions": self.permissions})
        made = parsed(TypeAdapter(InstallationToken), answer)
        return Made(keys, made.token, made.expires_at.timestamp())

    def signed(self, keys: Mapping[str, str]) -> str:
        """A JWT that proves to be the App."""
        try:
            begin = int(self.now()) - SKEW
            claims = {"iat": begin, "exp": begin + LIFETIME, "iss": keys["githubAppID"]}
            return jwt.encode(claims, keys["githubAppPrivateKey"], algorithm="RS256")
        except KeyError as error:
            message = f"the Secret with GitHub's credentials has neither the key token nor {error}"
            raise GitHubError(message) from error
        except (ValueError, TypeError, jwt.PyJWTError) as error:
            message = "the Secret's key githubAppPrivateKey is no RSA key in PEM"
            raise GitHubError(message) from error

    def installation(self, keys: Mapping[str, str], app: str) -> str:
        """The id of the App's installation in an organisation."""
        owner = keys.get("githubAppInstallationOwner")
        if not owner:
            message = "the Secret has neither githubAppInstallationID nor githubAppInstallationOwner"
            raise GitHubError(message)
        found = self.call("GET", f"/orgs/{owner}/installation", app)
        return str(parsed(TypeAdapter(Installation), found).id)

    def call(self, method: str, path: str, app: str, body: object = None) -> bytes:
        """What GitHub answers to the App itself."""
        headers = {"Authorization": f"Bearer {app}"}
        answer = exchange(self.http, method, path, headers, body)
        if answer.is_success:
            return answer.content
        error = refusal(answer, self.now())
        # Without its status: a 404 or a 422 here says nothing about what the token was for.
        message = f"GitHub gives the App no token: {error}"
        raise GitHubError(message, wait=error.wait)
