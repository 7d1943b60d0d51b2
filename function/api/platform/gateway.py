"""`gateway` of a Platform: how traffic reaches apps of this cluster by Gateway API."""

from typing import ClassVar

from function.api.fields import Label, ObjectName
from function.api.model import Model, Rule


class GatewayPlatform(Model):
    """The Gateway that routes traffic to apps."""

    name: ObjectName
    """Name of the Gateway."""
    namespace: Label
    """Namespace of the Gateway."""
    section_name: ObjectName | None = None
    """Its listener that apps are served on. Default: all listeners."""
    redirect_section_name: ObjectName | None = None
    """Its listener for plain HTTP. Requests that come there are redirected to https."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.redirectSectionName) "
            "|| (has(self.sectionName) && self.sectionName != self.redirectSectionName)",
            lambda gateway: (
                gateway.redirect_section_name is None
                or gateway.section_name not in (None, gateway.redirect_section_name)
            ),
            "redirectSectionName needs sectionName, and another listener than that: else the redirect would "
            "lead to itself",
        ),
    )

    def __str__(self) -> str:
        """As in messages."""
        return f"Gateway {self.namespace}/{self.name}"
