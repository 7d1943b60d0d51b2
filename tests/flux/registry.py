"""A registry of tags, for image-reflector-controller. Nobody pulls images here."""

from collections import defaultdict
from dataclasses import dataclass, field

from tests.fleet_services.served import Answer, Request


@dataclass
class Registry:
    """The tags of repositories, as the OCI distribution API lists them."""

    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By the repository's name, such as acme/shop-frontend."""
    address: str = ""
    """Host and port."""

    def respond(self, request: Request) -> Answer:
        """One call."""
        if request.path.strip("/") == "v2":
            return Answer(200, {})
        name = request.path.removeprefix("/v2/").removesuffix("/tags/list")
        return Answer(200, {"name": name, "tags": self.tags[name]})
