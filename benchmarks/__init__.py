"""What a call costs: this function beside an empty one and beside function-pythonic."""
