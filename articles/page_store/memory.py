"""The pages that a process has at hand, the most recently asked for, within so many bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from articles.page_store.entry import Entry


class Memory:
    """Entries by address; those not asked for longest go first when ``limit`` bytes are reached."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._size = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, address: Hashable) -> Entry | None:
        entry = self._entries.get(address)
        if entry is not None:
            try:
                self._entries.move_to_end(address)
            except KeyError:  # another thread has taken it away since
                return None
        return entry

    def put(self, address: Hashable, entry: Entry) -> None:
        """Keep ``entry``; also one that is there, when it has grown."""
        with self._lock:
            self._size -= self._sizes.pop(address, 0)
            self._entries.pop(address, None)
            size = entry.size()
            if size > self._limit:
                return
            self._entries[address] = entry
            self._sizes[address] = size
            self._size += size
            while self._size > self._limit:
                oldest, _ = self._entries.popitem(last=False)
                self._size -= self._sizes.pop(oldest)

    def drop(self, address: Hashable) -> None:
        with self._lock:
            if self._entries.pop(address, None) is not None:
                self._size -= self._sizes.pop(address)
