"""Asking over HTTP, and taking any answer for one."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from tests.serving import SOON


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What came back."""

    status: int
    headers: Message
    body: str

    @property
    def type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get_content_type()


def get(url: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer to one request, whatever it is. Redirects aren't followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SOON)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", path, headers=dict(headers or {}))
        response = connection.getresponse()
        return HttpResponse(response.status, response.headers, response.read().decode(errors="replace"))
    finally:
        connection.close()
