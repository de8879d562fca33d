"""The words around a number: units of time and length, and what people say that changes nothing."""

from bot.core.reading.digits import folded


def _set(words: str) -> frozenset[str]:
    return frozenset(map(folded, words.split()))


def _table(**rows: str) -> dict[str, str]:
    return {word: unit for unit, words in rows.items() for word in _set(words)}


ABOUT_CAMERAS = _set(
    "camera cameras cam cams cctv cctvs kamera kamere kemre camere kaimra kaimre total only just i we have "
    "there are is installed piece pieces pcs nos please sir ji hai hain he kul sirf bas mere hamare pas paas "
    "lage laga hi ही कैमरा कैमरे कैमरें कैमरों कैमेरा कैमेरे कैमेरों केमरा केमरे केमरों सीसीटीवी सी सी टीवी है हैं हे कुल केवल सिर्फ बस "
    "मात्र मेरे हमारे मेरी हमारी यहां पास लगे लगा हुए हुआ जी नग"
)
ABOUT_DAYS = _set(
    "for about up upto of recording recordings record footage backup kept only just total tak ka ki ke hai "
    "की का के तक भर लगभग करीब कुल केवल सिर्फ बस रिकॉर्डिंग रिकार्डिंग रेकॉर्डिंग बैकअप फुटेज रहती रहता है"
)
ABOUT_RADIUS = _set(
    "radius within around in of about range circle ke ka andar tak me mein "
    "त्रिज्या दायरा दायरे घेरा घेरे के का की अंदर भीतर में तक आसपास"
)
TIME = _table(
    day="day days d din dino दिन दिनों दिवस",
    week="week weeks wk wks hafta hafte saptah हफ्ता हफ्ते हफ्तों सप्ताह",
    month="month months mahina mahine maah महीना महीने महीनों महिना महिने माह मास",
    year="year years yr saal sal साल वर्ष",
    hour="hour hours hr hrs ghanta ghante घंटा घंटे घंटों घण्टा घण्टे",
)
DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0, "hour": 1 / 24}
LENGTH = _table(
    m="m mt mtr mtrs meter meters metre metres मी मीटर मिटर मीटरों",
    km="km kms kilometer kilometers kilometre kilometres kilo किमी किलोमीटर किलोमिटर किलो",
)
IN_TWO = (["कि", "मी"], ["k", "m"], ["किलो", "मीटर"], ["kilo", "meter"], ["kilo", "metre"])  # a kilometre
