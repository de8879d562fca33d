"""Files in messages: uploads and files sent before, checked as Telegram does."""

from typing import Any

from sandbox import pictures
from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.files import StoredFile
from sandbox.world import World

LARGEST_PHOTO = 10 * 1024 * 1024  # bytes
WIDEST_SUM = 10_000  # pixels, width + height
STEEPEST = 20  # the longer side to the shorter

_ATTACHED = "attach://"


def photo(world: World, given: Given, value: str) -> dict[str, Any]:
    """The `photo` field of a message: one size, the picture's own."""
    file = _stored(world, given, value, "photo")
    if len(file.content) > LARGEST_PHOTO:
        raise bad("file is too big for a photo")
    size = pictures.size(file.content)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if min(size) < 1 or width + height > WIDEST_SUM or max(size) > STEEPEST * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [file.as_file | {"width": width, "height": height}]}


def document(world: World, given: Given, value: str) -> dict[str, Any]:
    """The `document` field of a message."""
    file = _stored(world, given, value, "document")
    return {"document": file.as_file | {"file_name": file.name, "mime_type": file.mime}}


def _stored(world: World, given: Given, value: str, kind: str) -> StoredFile:
    if not value:
        raise bad(f"there is no {kind} in the request")
    if value.startswith(_ATTACHED):
        upload = given.files.get(value.removeprefix(_ATTACHED))
        if upload is None:
            raise bad(f"there is no {kind} in the request")
        if not upload.content:
            raise bad("file must be non-empty")
        return world.files.keep(upload, kind)
    if value.startswith(("http://", "https://")):
        raise bad("the sandbox fetches nothing: upload the file")
    file = world.files.by_id(value)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file
