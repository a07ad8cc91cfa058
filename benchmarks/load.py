"""Puts an address under load: with ``wrk`` where it is installed, else with a generator of ours."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

CONNECTIONS = 8
WRK = shutil.which("wrk")
TOOL = "wrk" if WRK else "benchmarks.generator (install wrk for figures that compare)"

_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)
_ERRORS = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")


@dataclass(frozen=True, slots=True)
class Load:
    """What a server bore: requests per second, and the times of half and of 99 % of them."""

    rate: float
    p50: float
    """Milliseconds."""
    p99: float
    """Milliseconds."""


class LoadError(Exception):
    """Some requests were not answered as they should."""


def measure(address: str, seconds: float, headers: Mapping[str, str] | None = None) -> Load:
    """Ask for ``address`` as fast as it answers. Raises LoadError for any answer from 400 on."""
    if WRK:
        return _with_wrk(WRK, address, seconds, headers or {})
    return _with_generator(address, seconds, headers or {})


def _with_wrk(program: str, address: str, seconds: float, headers: Mapping[str, str]) -> Load:
    command = [
        program,
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{max(1, round(seconds))}s",
        "--latency",
        "--timeout",
        "30s",
    ]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    output = _output([*command, address], seconds)
    rate = _RATE.search(output)
    percentiles = {
        percentile: float(number) * _MILLISECONDS[unit]
        for percentile, number, unit in _PERCENTILE.findall(output)
    }
    if (errors := _ERRORS.search(output)) or not rate or len(percentiles) != 2:
        raise LoadError(f"{address}: {errors[0] if errors else output}")
    return Load(float(rate[1]), percentiles["50"], percentiles["99"])


def _with_generator(address: str, seconds: float, headers: Mapping[str, str]) -> Load:
    arguments = [address, str(seconds), str(CONNECTIONS), json.dumps(dict(headers))]
    answer = json.loads(
        _output([sys.executable, "-m", "benchmarks.generator", *arguments], seconds)
    )
    if answer["errors"]:
        raise LoadError(f"{address}: {answer['errors']} answers were errors")
    return Load(answer["rate"], answer["p50"], answer["p99"])


def _output(command: list[str], seconds: float) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=seconds + 30
    ).stdout
