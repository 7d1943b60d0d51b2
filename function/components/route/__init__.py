"""How traffic reaches the app from outside."""

from function.components.route.component import ROUTE
from function.components.route.ingress import certificate

__all__ = ["ROUTE", "certificate"]
