"""How traffic reaches the app from outside."""

from function.components.route.component import ROUTE

__all__ = ["ROUTE"]
