"""A Crossplane composition function: one short NodeApp in, everything a Node app runs on out."""
