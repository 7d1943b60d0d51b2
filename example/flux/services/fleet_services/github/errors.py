"""What can go wrong with GitHub, each with one sentence and the time to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx2
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")

SHOWN = 200
"""Characters of an answer that a sentence repeats."""
SECONDARY = 60
"""Seconds to wait after a rate limit without a time. GitHub's documentation asks for at least one minute."""
LONGEST = 3600
"""Seconds after which every rate limit of GitHub has ended. A later time shows that a clock is wrong."""


class GitHubError(Exception):
    """A call that failed. Nothing is known then."""

    def __init__(self, message: str, *, status: int = 0, wait: float = 0) -> None:
        """Take a sentence, the HTTP status, and the seconds before which no call succeeds.

        The status is 0 if this call has no answer.
        """
        super().__init__(message)
        self.status, self.wait = status, wait


@contextmanager
def answered() -> Iterator[None]:
    """Turn what httpx2 raises for a call without a whole answer into GitHubError."""
    try:
        yield
    except httpx2.HTTPError as error:
        message = f"GitHub gave no whole answer: {type(error).__name__} {error}".strip()
        raise GitHubError(message) from error


def refusal(answer: httpx2.Response, now: float) -> GitHubError:
    """The error of an answer that is no success. Rate limits say when to call again."""
    status, headers = answer.status_code, answer.headers
    spent = headers.get("x-ratelimit-remaining") == "0"
    if status == httpx2.codes.UNAUTHORIZED:
        return GitHubError("GitHub refuses the credentials: they expired or were revoked", status=status)
    if status in (httpx2.codes.FORBIDDEN, httpx2.codes.TOO_MANY_REQUESTS):
        later = seconds(headers.get("retry-after"))
        if later is None and spent:
            later = max(1.0, (seconds(headers.get("x-ratelimit-reset")) or now + SECONDARY) - now)
        if later is None and "rate limit" in answer.text.lower():
            later = SECONDARY
        if later is not None:
            later = min(later, LONGEST)
            message = f"GitHub's rate limit is reached; it takes calls again in {later:.0f} s"
            return GitHubError(message, status=status, wait=later)
    return GitHubError(f"GitHub answered {status}: {' '.join(answer.text.split())[:SHOWN]}", status=status)


def seconds(text: str | None) -> float | None:
    """The number in a header; None where there is none."""
    return float(text) if text and text.isascii() and text.isdigit() else None


def parsed(kind: TypeAdapter[T], content: bytes) -> T:
    """An answer's JSON. Raises GitHubError if it is cut off, or isn't what GitHub documents."""
    try:
        return kind.validate_json(content)
    except ValidationError as error:
        first: Any = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = f"GitHub's answer isn't what it documents: {where} {first['msg']}".replace("  ", " ")
        raise GitHubError(message) from error
