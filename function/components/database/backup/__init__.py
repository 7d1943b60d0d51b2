"""Backups of the database: the archive that exists, the objects that fill it, and BackedUp."""
