"""What the platform engineer decides for all apps of a cluster."""

from function.platform.database import IMAGES, DeletionPolicy, Major
from function.platform.merging import merge
from function.platform.profile import PROFILES, Profile
from function.platform.settings import Platform

__all__ = ["IMAGES", "PROFILES", "DeletionPolicy", "Major", "Platform", "Profile", "merge"]
