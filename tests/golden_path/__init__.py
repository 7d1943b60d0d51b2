"""The golden path: what the template makes works."""
