"""`python -m explorer` is the command `tape-explorer`."""

import sys

from explorer.cli import main

sys.exit(main())
