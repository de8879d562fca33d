"""Documents and pictures, sent and fetched."""

import struct

import httpx
import pytest
from telegram import Bot

from sandbox import pictures
from sandbox.bot_api.media import LARGEST_PHOTO
from sandbox.bot_api.parse import LARGEST_UPLOAD
from sandbox.files import Upload
from sandbox.world import World
from tests.sandbox.schema import check_message
from tests.sandbox.wire import ASHA, Api

JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc2\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"rest"


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


async def test_a_document_arrives_with_its_name_and_can_be_fetched(bot: Bot, world: World) -> None:
    sent = await bot.send_document(ASHA, "मेरा डेटा".encode(), filename="मेरा डेटा.txt")

    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("मेरा डेटा.txt", "text/plain")
    file = await bot.get_file(sent.document.file_id)
    assert (await file.download_as_bytearray()).decode() == "मेरा डेटा"
    check_message(world.calls[-2].answer["result"])


async def test_a_file_sent_once_is_sent_again_by_its_id(bot: Bot) -> None:
    first = await bot.send_document(ASHA, b"bytes", filename="a.pdf")
    assert first.document is not None

    again = await bot.send_document(ASHA, first.document.file_id)

    assert again.document == first.document


async def test_a_picture_arrives_with_its_size(bot: Bot, world: World) -> None:
    png = await bot.send_photo(ASHA, pictures.drawn(64, 48), caption="Map")
    jpeg = await bot.send_photo(ASHA, JPEG)

    assert [(size.width, size.height) for size in (png.photo[-1], jpeg.photo[-1])] == [(64, 48), (40, 30)]
    assert png.caption == "Map"
    check_message(world.calls[-1].answer["result"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff\xd9", "IMAGE_PROCESS_FAILED"),
        (pictures.drawn(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (pictures.drawn(9_990, 11)[:60], "PHOTO_INVALID_DIMENSIONS"),
        (JPEG + b"\0" * LARGEST_PHOTO, "file is too big for a photo"),
        (b"", "file must be non-empty"),
    ],
)
async def test_a_picture_that_is_none_or_too_large_is_refused(
    http: httpx.AsyncClient, api: Api, content: bytes, words: str
) -> None:
    answer = await http.post(f"/bot{api.token}/sendPhoto", data={"chat_id": ASHA}, files={"photo": content})

    assert answer.json()["description"] == f"Bad Request: {words}"


async def test_an_upload_over_50_mb_is_refused(http: httpx.AsyncClient, api: Api) -> None:
    files = {"document": b"\0" * (LARGEST_UPLOAD + 1)}

    answer = await http.post(f"/bot{api.token}/sendDocument", data={"chat_id": ASHA}, files=files)

    assert answer.status_code == 413
    assert answer.json()["description"] == "Request Entity Too Large"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "there is no document in the request"),
        ("attach://nowhere", "there is no document in the request"),
        ("https://example.org/a.pdf", "the sandbox fetches nothing: upload the file"),
        ("document-999999", "wrong file identifier/HTTP URL specified"),
        ("photo-000001", "can't use file of type Photo as Document"),
    ],
)
async def test_a_document_that_is_not_there_is_refused(api: Api, world: World, document: str, words: str) -> None:
    world.files.keep(Upload("a.png", "image/png", b"x"), "photo")

    refusal = await api.refusal("sendDocument", chat_id=ASHA, document=document)

    assert refusal == (400, f"Bad Request: {words}")


async def test_an_unknown_file_cannot_be_fetched(http: httpx.AsyncClient, api: Api, world: World) -> None:
    file = world.files.keep(Upload("a.txt", "text/plain", b"x"), "document")

    assert await api.refusal("getFile", file_id="nothing") == (400, "Bad Request: invalid file_id")
    assert (await http.get(f"/file/bot{world.token}/documents/nothing")).status_code == 404
    assert (await http.get(f"/file/bot123:wrong/{file.path}")).status_code == 401
    assert (await http.get(f"/file/bot{world.token}/{file.path}")).content == b"x"


async def test_a_bot_fetches_20_mb_at_most(api: Api, world: World) -> None:
    file = world.files.keep(Upload("a.bin", "application/octet-stream", b"\0" * (20 * 1024 * 1024 + 1)), "document")

    refusal = await api.refusal("getFile", file_id=file.file_id)

    assert refusal == (400, "Bad Request: file is too big")


def test_the_size_of_a_cut_off_picture_is_unknown() -> None:
    assert pictures.size(JPEG[:14]) is None
    assert pictures.size(pictures.drawn()[:20]) is None
    assert pictures.size(b"") is None
