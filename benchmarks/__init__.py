"""Measure the cost of a call: of this function, of an empty one, and of function-pythonic."""
