"""A check of the tests: each guard of the data, taken out of the source, makes one of them fail."""
