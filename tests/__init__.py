"""The tests. Each node that they start reads all the code, and each worker all of them: where the environment forbids to keep
bytecode, it would be compiled hundreds of times in a run.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
