"""What apps are made of: one Component record a module, with its objects, condition, status and policy."""
