"""The demo city as a simple drawing: bounds, landmarks, roads and water of Indore, roughly true."""

from dataclasses import asdict, dataclass
from typing import Any

Line = tuple[tuple[float, float], ...]  # latitude, longitude in degrees


@dataclass(frozen=True, slots=True)
class Landmark:
    name: str
    hindi: str
    lat: float
    lon: float


BOUNDS = {"south": 22.655, "west": 75.785, "north": 22.775, "east": 75.935}

LANDMARKS = (
    Landmark("Rajwada", "राजवाड़ा", 22.7185, 75.8550),
    Landmark("Palasia Square", "पलासिया चौराहा", 22.7236, 75.8850),
    Landmark("Indore Junction", "इंदौर जंक्शन", 22.7170, 75.8690),
    Landmark("Vijay Nagar Square", "विजय नगर चौराहा", 22.7533, 75.8937),
    Landmark("Bhawarkuan Square", "भंवरकुआं चौराहा", 22.6920, 75.8670),
    Landmark("Sarafa", "सराफा", 22.7178, 75.8567),
    Landmark("Khajrana Ganesh Temple", "खजराना गणेश मंदिर", 22.7300, 75.9080),
    Landmark("Lal Bagh Palace", "लालबाग पैलेस", 22.7003, 75.8479),
    Landmark("Annapurna Temple", "अन्नपूर्णा मंदिर", 22.6940, 75.8380),
    Landmark("Airport", "हवाई अड्डा", 22.7218, 75.8011),
    Landmark("Central Museum", "केंद्रीय संग्रहालय", 22.7095, 75.8785),
    Landmark("Nehru Park", "नेहरू पार्क", 22.7215, 75.8730),
    Landmark("Bada Ganpati", "बड़ा गणपति", 22.7190, 75.8430),
    Landmark("Rajendra Nagar", "राजेंद्र नगर", 22.6685, 75.8290),
    Landmark("Radisson Square", "रेडिसन चौराहा", 22.7470, 75.9080),
)

ROADS: tuple[Line, ...] = (
    # the old Agra-Bombay road, from the north-east to the south-west
    ((22.7750, 75.9010), (22.7533, 75.8937), (22.7380, 75.8890), (22.7236, 75.8850), (22.7095, 75.8785)),
    ((22.7095, 75.8785), (22.6920, 75.8670), (22.6800, 75.8520), (22.6685, 75.8290), (22.6550, 75.8180)),
    # MG Road, from Bada Ganpati past Rajwada to Palasia, and on to the ring
    ((22.7190, 75.8430), (22.7185, 75.8550), (22.7200, 75.8640), (22.7215, 75.8730), (22.7236, 75.8850)),
    ((22.7236, 75.8850), (22.7275, 75.8970), (22.7300, 75.9080)),
    # Airport Road
    ((22.7218, 75.8011), (22.7205, 75.8200), (22.7190, 75.8430)),
    # the ring road, clockwise from Radisson Square
    ((22.7600, 75.8800), (22.7533, 75.8937), (22.7470, 75.9080), (22.7300, 75.9140), (22.7100, 75.9060)),
    ((22.7100, 75.9060), (22.6960, 75.8900), (22.6920, 75.8670), (22.6910, 75.8500), (22.6940, 75.8380)),
    ((22.6940, 75.8380), (22.7050, 75.8330), (22.7190, 75.8350), (22.7350, 75.8400), (22.7600, 75.8800)),
    # Khandwa Road, Sanwer Road, Ujjain Road
    ((22.6920, 75.8670), (22.6760, 75.8730), (22.6550, 75.8800)),
    ((22.7215, 75.8650), (22.7400, 75.8560), (22.7750, 75.8480)),
    # by the station and the museum
    ((22.7185, 75.8550), (22.7170, 75.8690), (22.7095, 75.8785)),
    ((22.7003, 75.8479), (22.7090, 75.8510), (22.7185, 75.8550)),
)

WATER: tuple[Line, ...] = (
    # the Kahn
    ((22.6550, 75.8610), (22.6800, 75.8600), (22.7000, 75.8560), (22.7140, 75.8580), (22.7300, 75.8600)),
    ((22.7300, 75.8600), (22.7500, 75.8550), (22.7750, 75.8590)),
    # the Saraswati, until they meet
    ((22.6700, 75.8380), (22.6900, 75.8440), (22.7050, 75.8500), (22.7140, 75.8580)),
)


def as_json() -> dict[str, Any]:
    """What the page draws from."""
    return {"bounds": BOUNDS, "landmarks": [asdict(one) for one in LANDMARKS], "roads": ROADS, "water": WATER}
