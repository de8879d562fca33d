"""Ways into a camera are recognised, so that they can be refused kindly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.resident.camera_access import looks_like_camera_access


@pytest.mark.parametrize(
    "words",
    [
        "rtsp://192.168.1.10:554/live",
        "RTSP://cam.example.com/ch1",
        "http://192.168.1.5:8080/video",
        "http://admin:1234@cam.example.com/",
        "https://cam.example.com/",
        "http://example.com/live.m3u8",
        "http://mycam.ddns.net",
        "example.com:8080",
        "my DVR is at 192.168.1.10",
        "१९२.१६८.१.१०",
        "192.168.001.010",
        "fe80::1ff:fe23:4567:890a",
        "password is tiger",
        "Pass: tiger",
        "मेरा पासवर्ड 1234 है",
        "पास वर्ड 1234",
        "यूज़रनेम admin",
        "admin:12345",
        "admin/12345",
        "user: me pass: you",
        "me:secret@host",
    ],
)
def test_an_address_or_secret_of_a_camera_is_noticed(words: str) -> None:
    assert looks_like_camera_access(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "4",
        "blue gate",
        "नीला गेट",
        "admin block, gate 2",
        "CCTV shop, open 10:30",
        "near the bypass: second house",
        "me@example.com",
        "email:me@example.com",
        "12.05.2024",
        "22:43:10 75:51:27",
        "22.43.10.6 N 75.51.27.7 E",
        "PVC5+2X Indore",
        "https://maps.app.goo.gl/cameraLive",
        "https://www.google.com/maps/place/Live+Cam+House/@22.7196,75.8577,17z",
        "geo:0,0?q=loc:Name@22.7196,75.8577",
        "256.300.1.10",
        "::",
    ],
)
def test_ordinary_words_and_places_are_not_taken_for_camera_access(words: str) -> None:
    assert not looks_like_camera_access(words)


@given(st.text())
def test_no_words_around_it_hide_a_stream(words: str) -> None:
    assert looks_like_camera_access(f"{words} rtsp://cam.example.com/1 {words}")


@given(st.ip_addresses(v=4).map(str), st.text(alphabet="abcdfghij मकान", max_size=20))
def test_any_ip_address_among_words_is_noticed(address: str, words: str) -> None:
    assert looks_like_camera_access(f"{words} {address} {words}")
