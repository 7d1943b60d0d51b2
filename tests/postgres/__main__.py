"""Write the table of PostgreSQL's parameters anew: `python -m tests.postgres`. Needs npm, on Linux."""

from tests import arguments
from tests.postgres.table import main

if __name__ == "__main__":
    arguments.none("tests.postgres", __doc__)
    main()
