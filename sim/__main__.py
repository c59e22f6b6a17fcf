"""`python -m sim`: the same commands as `python run.py`, from an installed copy."""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    sys.exit(main(program="python -m sim"))
