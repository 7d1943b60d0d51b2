"""Whole lives of an app, as a machine of Hypothesis."""
