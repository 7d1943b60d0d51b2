"""Well-known linters, over the objects of every golden: nothing fails without a reason on file."""
