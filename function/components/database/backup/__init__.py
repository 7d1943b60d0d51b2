"""Backups of the database: the archive that exists, the objects that make it, and BackedUp."""
