"""Proof: goldens, laws, the real server, and the control plane."""
