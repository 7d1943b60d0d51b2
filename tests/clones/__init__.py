"""What a platform engineer does to a clone of the repository, in a copy of it."""
