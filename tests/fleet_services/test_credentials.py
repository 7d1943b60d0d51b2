"""The token for GitHub: read from a Secret at each call, or made for an App with the least rights."""

from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from fleet_services.github.errors import GitHubError
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
COMMIT = f"/repos/acme/shop-deploy/statuses/{'a' * 40}"
STATUS = {"state": "success", "description": "", "context": "nodeapp/c/dev"}


@pytest.fixture
def app(secret: Path) -> Path:
    """A Secret for an App, as Flux has it."""
    (secret / "token").unlink()
    (secret / "githubAppID").write_text("12345\n")
    (secret / "githubAppInstallationID").write_text("77\n")
    (secret / "githubAppPrivateKey").write_text(PEM)
    return secret


@pytest.fixture
def narrow(github: GitHub, secret: Path, clock: Clock) -> Iterator[client.GitHub]:
    """GitHub for what may write statuses only."""
    with client.connect(github.address) as http:
        yield client.GitHub(http, Credentials(secret, http, {"statuses": "write"}, clock), clock)


def test_a_rotated_token_needs_no_restart(connected: client.GitHub, github: GitHub, secret: Path) -> None:
    """The old one is refused with a sentence, the new one is used at the next call."""
    github.tokens = {"newer"}
    with pytest.raises(GitHubError, match="they expired or were revoked"):
        connected.get("/orgs/acme/repos?type=all&sort=created&direction=asc&per_page=100")
    (secret / "token").write_text("newer")
    connected.get("/orgs/acme/repos?type=all&sort=created&direction=asc&per_page=100")


def test_an_app_gets_a_token_with_the_least_rights(
    narrow: client.GitHub, github: GitHub, app: Path, clock: Clock
) -> None:
    """It proves itself by a JWT that GitHub can verify, and asks for one permission only."""
    assert app.is_dir()
    narrow.post(COMMIT, STATUS)
    asked, posted = github.requests
    assert asked.path == "/app/installations/77/access_tokens"
    assert asked.body == {"permissions": {"statuses": "write"}}
    proof = asked.headers["authorization"].removeprefix("Bearer ")
    claims = jwt.decode_complete(
        proof,
        KEY.public_key(),
        algorithms=["RS256"],
        options={"verify_exp": False, "verify_iat": False},  # The clock of this test stands.
    )["payload"]
    assert claims["iss"] == "12345"
    assert claims["iat"] < clock.now < claims["exp"] <= clock.now + 600
    assert posted.headers["authorization"] == "Bearer installation-1"


def test_the_installation_is_found_by_its_owner(narrow: client.GitHub, github: GitHub, app: Path) -> None:
    """Flux's Secrets may name the organisation instead of a number."""
    (app / "githubAppInstallationID").unlink()
    (app / "githubAppInstallationOwner").write_text("acme")
    narrow.post(COMMIT, STATUS)
    assert [each.path for each in github.requests[:2]] == [
        "/orgs/acme/installation",
        "/app/installations/77/access_tokens",
    ]


def test_a_token_is_used_until_shortly_before_its_end(
    narrow: client.GitHub, github: GitHub, app: Path, clock: Clock
) -> None:
    """Then another one is made; also if the Secret changes, and after a refusal."""
    assert app.is_dir()
    github.expires = "2027-01-15T09:00:00Z"

    def made() -> int:
        narrow.post(COMMIT, STATUS)
        return sum(each.path.endswith("access_tokens") for each in github.requests)

    assert (made(), made()) == (1, 1)
    clock.now += 3600 - 200
    github.expires = "2027-01-15T10:00:00Z"
    assert (made(), made()) == (2, 2)
    (app / "githubAppID").write_text("54321")
    assert made() == 3
    github.tokens.clear()
    with pytest.raises(GitHubError, match="expired or were revoked"):
        narrow.post(COMMIT, STATUS)
    assert made() == 4


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({}, "neither the key token nor 'githubAppID'"),
        ({"githubAppID": "1"}, "neither the key token nor 'githubAppPrivateKey'"),
        ({"githubAppID": "1", "githubAppPrivateKey": "none"}, "no RSA key in PEM"),
        ({"githubAppID": "1", "githubAppPrivateKey": PEM}, "neither githubAppInstallationID nor"),
    ],
    ids=["empty", "no-key", "bad-key", "no-installation"],
)
def test_a_secret_that_is_not_one_is_said(
    narrow: client.GitHub, secret: Path, keys: dict[str, str], why: str
) -> None:
    """One sentence names the key, and never its value."""
    (secret / "token").unlink()
    for name, value in keys.items():
        (secret / name).write_text(value)
    with pytest.raises(GitHubError, match=why) as error:
        narrow.post(COMMIT, STATUS)
    assert "BEGIN" not in str(error.value)


def test_a_secret_that_is_not_there_is_said(narrow: client.GitHub, secret: Path) -> None:
    """It may be mounted later."""
    (secret / "token").unlink()
    secret.rmdir()
    with pytest.raises(GitHubError, match="can't be read"):
        narrow.post(COMMIT, STATUS)
