"""A point in the writings that people and their phones use; the seconds and digits are fine enough for 2 metres."""

from collections.abc import Callable, Sequence

from bot.core.geo import Point

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
Writing = Callable[[Point], str]


def decimal(point: Point, between: str = ", ") -> str:
    return f"{point.lat:.6f}{between}{point.lon:.6f}"


def sides(point: Point, north_south: Sequence[str] = "NS", east_west: Sequence[str] = "EW") -> tuple[str, str]:
    return north_south[point.lat < 0], east_west[point.lon < 0]


def sexagesimal(degrees: float) -> tuple[int, int, float]:
    tenths = round(abs(degrees) * 36000)
    return tenths // 36000, tenths // 600 % 60, tenths % 600 / 10


def with_seconds(point: Point, form: str = "{}°{}'{}\"{}") -> tuple[str, str]:
    north, east = sides(point)
    return form.format(*sexagesimal(point.lat), north), form.format(*sexagesimal(point.lon), east)


def with_minutes(point: Point) -> str:
    parts = []
    for degrees, side in zip((point.lat, point.lon), sides(point), strict=True):
        thousandths = round(abs(degrees) * 60000)
        parts.append(f"{thousandths // 60000}° {thousandths % 60000 / 1000:.3f}' {side}")
    return " ".join(parts)


def link(template: str, *, encoded: bool = False) -> Writing:
    def write(point: Point) -> str:
        pair = decimal(point, "%2C" if encoded else ",")
        return template.format(pair=pair, lat=f"{point.lat:.6f}", lon=f"{point.lon:.6f}")

    return write


TYPED: dict[str, Writing] = {
    "comma": decimal,
    "blank": lambda p: decimal(p, " "),
    "no blank": lambda p: decimal(p, ","),
    "semicolon": lambda p: decimal(p, ";"),
    "slash": lambda p: decimal(p, " / "),
    "two lines": lambda p: decimal(p, "\n"),
    "in brackets": lambda p: f"({decimal(p)})",
    "full stop behind": lambda p: decimal(p) + ".",
    "Hindi digits": lambda p: decimal(p).translate(DEVANAGARI),
    "fancy minus and wide comma": lambda p: decimal(p, "，").replace("-", "−"),
    "marks of direction": lambda p: f"\u202a{decimal(p)}\u202c\u200b",
    "no-break blank": lambda p: decimal(p, ",\u00a0"),
    "decimal comma": lambda p: decimal(p, " ").replace(".", ","),
    "decimal comma and comma": lambda p: decimal(p, "; ").replace(".", ",").replace(";", ","),
    "blanks after points": lambda p: decimal(p).replace(".", ". "),
    "labels": lambda p: f"lat: {p.lat:.6f}, lon: {p.lon:.6f}",
    "longitude first, labelled": lambda p: f"Longitude {p.lon:.6f} Latitude {p.lat:.6f}",
    "Hindi labels": lambda p: f"अक्षांश {p.lat:.6f}, देशांतर {p.lon:.6f}",
    "JSON": lambda p: f'{{"lat": {p.lat:.6f}, "lng": {p.lon:.6f}}}',
    "degrees": lambda p: f"{p.lat:.6f}°, {p.lon:.6f}°",
    "sides behind": lambda p: "{2:.6f} {0}, {3:.6f}{1}".format(*sides(p), abs(p.lat), abs(p.lon)),
    "sides before": lambda p: "{0}{2:.6f} {1} {3:.6f}".format(*sides(p), abs(p.lat), abs(p.lon)),
    "sides and no blanks": lambda p: "{2:.6f}{0}{3:.6f}{1}".format(*sides(p), abs(p.lat), abs(p.lon)),
    "longitude first, with sides": lambda p: "{3:.6f}{1} {2:.6f}{0}".format(*sides(p), abs(p.lat), abs(p.lon)),
    "English words": lambda p: "{2:.6f} degrees {0}, {3:.6f} degrees {1}".format(
        *sides(p, ("north", "south"), ("east", "west")), abs(p.lat), abs(p.lon)
    ),
    "Hindi sides": lambda p: "{2:.6f}° {0}, {3:.6f}° {1}".format(
        *sides(p, ("उ.", "द."), ("पू.", "प.")), abs(p.lat), abs(p.lon)
    ).translate(DEVANAGARI),
    "seconds": lambda p: " ".join(with_seconds(p)),
    "seconds, typeset": lambda p: ", ".join(with_seconds(p)).replace("'", "′").replace('"', "″"),
    "seconds, spaced": lambda p: " ".join(with_seconds(p, "{} {} {} {}")),
    "seconds, side first": lambda p: " ".join(
        f"{side} {part[:-1]}" for part, side in zip(with_seconds(p), sides(p), strict=True)
    ),
    "minutes": with_minutes,
    "in a sentence": lambda p: f"The camera is at {decimal(p)} near the temple",
    "with a height": lambda p: decimal(p, ",") + ",553",
}

LINKED: dict[str, Writing] = {
    template: link(template)
    for template in (
        "geo:{pair}",
        "geo:{pair},550;crs=wgs84;u=35",
        "geo:0,0?q={pair}(Rajwada)",
        "geo:{pair}?z=17",
        "https://www.google.com/maps/@{pair},17z",
        "https://www.google.com/maps/place/Rajwada/@1.5,2.5,17z/data=!3m1!8m2!3d{lat}!4d{lon}!16s",
        "https://maps.google.com/?q={pair}",
        "https://maps.google.com/maps?q=loc:{lat}+{lon}&z=17",
        "https://www.google.co.in/maps?ll={pair}&z=17",
        "https://www.google.com/maps/search/{lat},+{lon}?entry=tts",
        "https://www.google.com/maps/dir/1.5,2.5/{pair}/@1.6,2.6,12z",
        "https://maps.google.com/?saddr=1.5,2.5&daddr={pair}",
        "https://www.google.com/maps/place/{pair}",
        "https://www.google.com/maps/embed?pb=!1m18!1m3!1d3680!2d{lon}!3d{lat}!2m3",
        "maps.google.com/?q={pair}",
        "Rajwada, Indore https://maps.google.com/?q={pair} (the palace)",
        "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/1.5/2.5",
        "https://www.openstreetmap.org/#map=17/{lat}/{lon}",
        "https://maps.apple.com/?ll={pair}&q=Dropped%20Pin",
        "https://maps.apple.com/place?coordinate={pair}&name=x",
        "https://www.bing.com/maps?cp={lat}~{lon}",
        "google.navigation:q={pair}",
    )
} | {
    template: link(template, encoded=True)
    for template in (
        "https://www.google.com/maps/search/?api=1&query={pair}",
        "https://www.google.com/maps/dir/?api=1&destination={pair}",
        "https://www.google.com/maps/@?api=1&map_action=map&center={pair}&zoom=12",
        "https://waze.com/ul?ll={pair}&navigate=yes",
    )
}
