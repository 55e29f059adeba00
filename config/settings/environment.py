"""The environment, with what a `.env` file beside `manage.py` adds to it. Read before all else."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)
