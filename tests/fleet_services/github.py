"""A played GitHub: an organisation's repositories, statuses of commits, tokens and rate limits."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.fleet_services.served import Answer, Request

PER_PAGE = 2
"""Repositories in a page: so few that three need two pages."""


def repository(number: int, name: str, *topics: str, **changes: Any) -> dict[str, Any]:
    """What GitHub lists, with some of the fields that nobody reads."""
    return {
        "id": number,
        "node_id": f"R_{number}",
        "name": name,
        "full_name": f"acme/{name}",
        "html_url": f"https://github.com/acme/{name}",
        "private": True,
        "archived": False,
        "disabled": False,
        "topics": list(topics),
    } | changes


def deployed(number: int, app: str, team: str = "web", **changes: Any) -> dict[str, Any]:
    """A deploy repository as the template makes it."""
    return repository(number, f"{app}-deploy", "flux-managed", f"team-{team}", **changes)


@dataclass
class GitHub:
    """Its state. A test changes it between calls."""

    repositories: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=lambda: {"secret"})
    statuses: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """By commit, the newest last."""
    planned: list[Answer | None] = field(default_factory=list)
    """What the next calls get instead; None: what is right."""
    requests: list[Request] = field(default_factory=list)
    expires: str = "2030-01-01T00:00:00Z"
    address: str = ""

    def respond(self, request: Request) -> Answer:
        """One call."""
        self.requests.append(request)
        if self.planned and (planned := self.planned.pop(0)):
            return planned
        if "/installation" in request.path:
            return self.installation(request)
        if request.headers.get("authorization") not in {f"Bearer {each}" for each in self.tokens}:
            return Answer(401, {"message": "Bad credentials"})
        if request.path == "/orgs/acme/repos":
            return self.listed(request)
        return self.status(request)

    def listed(self, request: Request) -> Answer:
        """A page, with an ETag and a link to the next one."""
        query = parse_qs(request.query)
        assert (query["sort"], query["direction"], query["per_page"]) == (["created"], ["asc"], ["100"])
        page = int(query.get("page", ["1"])[0])
        items = sorted(self.repositories, key=lambda each: each["id"])[
            (page - 1) * PER_PAGE : page * PER_PAGE
        ]
        more = page * PER_PAGE < len(self.repositories)
        url = (
            f"{self.address}/orgs/acme/repos?type=all&sort=created&direction=asc&per_page=100&page={page + 1}"
        )
        link = {"Link": f'<{url}>; rel="next"'} if more else {}
        etag = f'W/"{hashlib.sha256(json.dumps([items, more]).encode()).hexdigest()}"'
        if request.headers.get("if-none-match") == etag:
            return Answer(304, "", {"ETag": etag})
        return Answer(200, items, {"ETag": etag} | link)

    def status(self, request: Request) -> Answer:
        """Read a commit's statuses or the newest of each name, or create one. Names are equal in any case."""
        *_, commit = request.path.removesuffix("/statuses").removesuffix("/status").split("/")
        if request.method == "GET" and request.path.endswith("/statuses"):  # notification-controller's way.
            return Answer(200, list(reversed(self.statuses[commit])))
        if request.method == "GET":
            newest = {each["context"].lower(): each for each in self.statuses[commit]}
            return Answer(200, {"state": "pending", "sha": commit, "statuses": list(newest.values())})
        assert set(request.body) == {"state", "description", "context"}
        assert request.body["state"] in ("error", "failure", "pending", "success")
        if len(request.body["description"]) > 140:
            return Answer(422, {"message": "Description is too long (maximum is 140 characters)"})
        self.statuses[commit].append(request.body)
        return Answer(201, request.body)

    def installation(self, request: Request) -> Answer:
        """A token for an App."""
        if request.path == "/orgs/acme/installation":
            return Answer(200, {"id": 77, "account": {}})
        token = f"installation-{len(self.requests)}"
        self.tokens.add(token)
        return Answer(
            201, {"token": token, "expires_at": self.expires, "permissions": request.body["permissions"]}
        )

    def said(self, commit: str) -> list[tuple[str, str, str]]:
        """What was posted on a commit."""
        return [(each["context"], each["state"], each["description"]) for each in self.statuses[commit]]
