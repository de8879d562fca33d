"""Files that were sent, kept in memory."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`path` is where getFile says it can be fetched."""

    file_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    path: str

    @property
    def as_file(self) -> dict[str, Any]:
        """The fields that every kind of file has in a message."""
        size = len(self.content)
        return {"file_id": self.file_id, "file_unique_id": f"u-{self.file_id}", "file_size": size}


class Files:
    """Every file by its id and by its path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._count = 0

    def keep(self, upload: Upload, kind: str) -> StoredFile:
        self._count += 1
        ending = upload.name.rpartition(".")[2].lower() if "." in upload.name else "bin"
        path = f"{kind}s/file_{self._count}.{ending if ending.isalnum() and ending.isascii() else 'bin'}"
        file = StoredFile(f"{kind}-{self._count:06d}", kind, upload.name, upload.mime, upload.content, path)
        self._by_id[file.file_id] = self._by_path[path] = file
        return file

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def clear(self) -> None:
        self._by_id.clear()
        self._by_path.clear()
