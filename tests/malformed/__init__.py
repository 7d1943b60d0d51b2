"""Malformed requests, sent to the real server."""
