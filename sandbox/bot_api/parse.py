"""Reading a request: query, form, multipart or JSON become parameters and files."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.bot_api.errors import ApiError, bad
from sandbox.bot_api.given import Given, Kind, decode
from sandbox.files import Upload

LARGEST_UPLOAD = 50 * 1024 * 1024  # bytes
_ATTACHED = "attach://"


async def read(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The raw parameters and the uploads of a call."""
    raw: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return raw | _json_object(await request.body()), files
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await _uploaded(value)
            else:
                raw[name] = value
    return raw, files


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad("can't parse JSON object")
    return {name: value for name, value in found.items() if value is not None}


async def _uploaded(file: UploadFile) -> Upload:
    if (file.size or 0) > LARGEST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    mime = file.content_type or "application/octet-stream"
    return Upload(file.filename or "file", mime, await file.read())


def typed(raw: Mapping[str, Any], files: Mapping[str, Upload], takes: Mapping[str, Kind]) -> Given:
    """Check names and kinds. An upload under a parameter's own name is turned into "attach://name"."""
    own = {name: f"{_ATTACHED}{name}" for name in files if takes.get(name) is Kind.FILE}
    for name in raw:
        if name not in takes:
            raise bad(f"unknown parameter {name}")
    values = {name: decode(name, takes[name], value) for name, value in (dict(raw) | own).items()}
    wanted = json.dumps(list(values.values()))
    for name in files:
        if f'"{_ATTACHED}{name}"' not in wanted:
            raise bad(f"unknown parameter {name}")
    return Given(values, files)
