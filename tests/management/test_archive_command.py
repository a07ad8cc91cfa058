"""A command on an archive that is not set up says what to do, in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"


@pytest.mark.parametrize("command", [["load_gazetteer"], ["import_articles", __file__]])
def test_a_database_without_tables_is_told_in_one_line(tmp_path, command):
    environment = {**os.environ, "NEWSROOM_DATA": str(tmp_path), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(
        [sys.executable, MANAGE, *command],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "manage.py migrate" in line
