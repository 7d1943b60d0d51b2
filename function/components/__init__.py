"""What apps are made of. Each module holds all that one component needs.

Its slice of the API, what it keeps of what exists, its objects, condition, status and policy.
"""
