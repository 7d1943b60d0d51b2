"""What the platform engineer decides for all apps of a cluster."""

from function.api.platform.database import IMAGES, DeletionPolicy, Major
from function.api.platform.defaults import PROFILES, Defaults
from function.api.platform.settings import Platform

__all__ = ["IMAGES", "PROFILES", "Defaults", "DeletionPolicy", "Major", "Platform"]
