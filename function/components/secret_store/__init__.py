"""Secrets from the platform's store: an ExternalSecret for each Secret that the app names.

External Secrets Operator makes the Secret of it, and keeps that equal to the store. An ExternalSecret has the
name of its Secret. So apps of a namespace that name the same Secret share the ExternalSecret of the one that
was first, and one that somebody made by hand stays as it is.
"""

from function.components.secret_store.component import SECRETS

__all__ = ["SECRETS"]
