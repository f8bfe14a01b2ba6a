"""The program's front door: hands its arguments to the command line of the package."""

import sys

from campaign.cli import main

if __name__ == "__main__":
    sys.exit(main())
