"""Settings of the tests: the product's own, with a private data folder, fast passwords, and N+1 queries as errors.

A worker or server that a test starts as a process gets the same folder through DATA_DIR.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "DATA_DIR" not in os.environ:
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="quartett-test-", dir=memory)
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403 - the data folder must be set before
from config.settings import DATA_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Jobs and mails run at once after the commit; tests of real workers switch this off.
CELERY_TASK_ALWAYS_EAGER = os.environ.get("REAL_WORKER") is None

# A file, so that a worker process sees the same rows.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
