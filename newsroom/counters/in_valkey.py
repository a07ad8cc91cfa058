"""Counters in a Valkey or Redis, for all machines that share it."""

from redis import Redis

from newsroom.counters.count import Count

SECONDS_TO_WAIT = 0.25
_PREFIX = "newsroom:counter:"

# One step for the server, so that nobody comes in between.
_TAKE = """
    local used = tonumber(redis.call('GET', KEYS[1]) or '0')
    local cost, most = tonumber(ARGV[1]), tonumber(ARGV[2])
    local taken = used == 0 or used + cost <= most
    if taken then
        used = redis.call('INCRBY', KEYS[1], cost)
        if used == cost then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
    end
    return {taken and 1 or 0, used, redis.call('PTTL', KEYS[1])}
"""


class ValkeyCounters:
    def __init__(self, address: str) -> None:
        client = Redis.from_url(
            address, socket_timeout=SECONDS_TO_WAIT, socket_connect_timeout=SECONDS_TO_WAIT
        )
        self._take = client.register_script(_TAKE)

    def take(self, name: str, cost: int, most: int, seconds: int) -> Count:
        """Count ``cost`` under ``name`` unless that makes more than ``most``.

        Raises ``redis.RedisError``.
        """
        taken, used, milliseconds = self._take(keys=[_PREFIX + name], args=[cost, most, seconds])
        return Count(bool(taken), used, max(0, milliseconds) / 1000)
