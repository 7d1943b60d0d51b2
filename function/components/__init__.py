"""The components of an app: a module each, with its objects, condition, status and policy."""
