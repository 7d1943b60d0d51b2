"""Calls of GitHub's REST API: conditional requests, rate limits, and a token that changes.

There is no retry here: both services call again by themselves, after a time that fits what they do.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx2

from fleet_services.github.credentials import Credentials
from fleet_services.github.errors import GitHubError, refusal
from fleet_services.github.exchange import exchange

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
TIMEOUT = httpx2.Timeout(10)
"""Seconds to connect, and seconds without a byte. Flux Operator waits two minutes for an answer."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list."""

    content: bytes
    next: str
    """URL of the next part; empty in the last one."""


def connect(api: str, *, redirects: bool = False) -> httpx2.Client:
    """Connections to GitHub's API, such as https://api.github.com.

    `redirects`: follow GitHub to where a repository is now. Another host doesn't get the token.
    """
    return httpx2.Client(base_url=api, headers=HEADERS, timeout=TIMEOUT, follow_redirects=redirects)


class GitHub:
    """GitHub, as one set of credentials sees it. Calls may come from several threads."""

    def __init__(self, http: httpx2.Client, credentials: Credentials, now: Callable[[], float]) -> None:
        """Take connections, credentials and a clock (Unix time)."""
        self.http, self.credentials, self.now = http, credentials, now
        self.pages: dict[str, tuple[str, Page]] = {}
        """URL → its ETag and what it answered, for what is asked for again and again."""
        self.closed_until = 0.0
        """Unix time until which a rate limit refuses every call."""
        self.lock = threading.Lock()

    def get(self, url: str, *, remember: bool = False) -> Page:
        """A page of a list.

        `remember`: keep it, and ask only if it changed the next time. GitHub doesn't count such a request.
        """
        etag, known = self.pages.get(url, ("", None))
        answer = self.call("GET", url, {"If-None-Match": etag} if known else {})
        if known and answer.status_code == httpx2.codes.NOT_MODIFIED:
            return known
        page = Page(answer.content, self.next_of(answer))
        if remember and "etag" in answer.headers:
            self.pages[url] = answer.headers["etag"], page
        return page

    def post(self, path: str, body: Mapping[str, str]) -> None:
        """Create an object. Raises GitHubError if it isn't: a redirect may turn a POST into a GET."""
        status = self.call("POST", path, {}, body).status_code
        if status != httpx2.codes.CREATED:
            message = f"GitHub answered {status}, and created nothing"
            raise GitHubError(message)

    def call(
        self, method: str, url: str, headers: Mapping[str, str], body: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """One call. Raises GitHubError for all but a success, and but for 304 where an ETag was sent."""
        with self.lock:
            if (wait := self.closed_until - self.now()) > 0:
                message = f"GitHub's rate limit is reached; it takes calls again in {wait:.0f} s"
                raise GitHubError(message, status=httpx2.codes.TOO_MANY_REQUESTS, wait=wait)
            bearer = {"Authorization": f"Bearer {self.credentials.token()}"}
        answer = exchange(self.http, method, url, {**headers, **bearer}, body)
        expected = "If-None-Match" in headers and answer.status_code == httpx2.codes.NOT_MODIFIED
        if answer.is_success or expected:
            return answer
        error = refusal(answer, self.now())
        with self.lock:
            if error.status == httpx2.codes.UNAUTHORIZED:
                self.credentials.forget()
            self.closed_until = max(self.closed_until, self.now() + error.wait)
        raise error

    def next_of(self, answer: httpx2.Response) -> str:
        """URL of the next page. Raises GitHubError for one of another host, which would get the token."""
        url = str(answer.links.get("next", {}).get("url", ""))
        if url and not url.startswith(f"{str(self.http.base_url).rstrip('/')}/"):
            message = f"GitHub's next page is elsewhere: {url}"
            raise GitHubError(message)
        return url
