"""One exchange with GitHub: a whole answer, within a time and a size."""

import time
from collections.abc import Mapping

import httpx2

from fleet_services.github.errors import GitHubError, answered

LONGEST = 60.0
"""Seconds that an answer may take. The client's own timeout only bounds the time without a byte, so a byte at
a time would hold a service for ever."""
MOST_BYTES = 32 * 2**20
"""Bytes of an answer. 100 repositories are 0.6 MiB, and 100 commits with the longest messages 7 MiB."""
DECODED = frozenset(("content-encoding", "content-length", "transfer-encoding"))
"""Headers that are about the bytes as they were sent."""


def exchange(
    http: httpx2.Client, method: str, url: str, headers: Mapping[str, str], body: object = None
) -> httpx2.Response:
    """Send a request, with a body as JSON. Raises GitHubError if no whole answer comes within the limits."""
    end, size, parts = time.monotonic() + LONGEST, 0, []
    with answered(), http.stream(method, url, headers=headers, json=body) as answer:
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES or time.monotonic() > end:
                message = (
                    f"GitHub's answer is longer than {MOST_BYTES} bytes or takes longer than {LONGEST:.0f} s"
                )
                raise GitHubError(message)
    kept = [(name, value) for name, value in answer.headers.multi_items() if name.lower() not in DECODED]
    return httpx2.Response(answer.status_code, headers=kept, content=b"".join(parts))
