"""What the columns of other people's files are called, in English and Hindi, folded (bot/core/reading/digits.py)."""

STATION_NAME = (
    "ps_name", "police_station", "police station", "policestation", "ps name", "thana_name", "thana", "थाना",
    "थाने का नाम", "पुलिस थाना", "station_name", "station", "ps", "name_en", "name", "name_hi", "नाम", "title",
)  # fmt: skip
STATION_CONTACT = ("contact", "phone", "telephone", "ci_cell", "संपर्क", "फोन")
PHONE = (
    "mobile", "mobile no", "mobile number", "mobile no.", "mob", "mob no", "mob. no.", "mo. no.", "phone", "phone no",
    "phone number", "contact", "contact no", "contact number", "whatsapp", "whatsapp number",
    "मोबाइल", "मोबाइल नंबर", "मोबाईल", "मोबाईल नंबर", "मोबाइल न", "मो. न.", "मो न", "मो. नं.", "फोन", "फोन नंबर",
    "संपर्क", "संपर्क नंबर", "दूरभाष",
)  # fmt: skip
LATITUDE = ("latitude", "lat", "lat.", "gps lat", "y", "अक्षांश", "अक्षांस")
LONGITUDE = ("longitude", "long", "lon", "lng", "long.", "gps long", "x", "देशांतर", "देशांश")
PLACE = (
    "location", "gps", "gps location", "coordinates", "lat long", "lat,long", "latlong", "lat/long", "place",
    "map link", "google map", "google map link", "plus code", "लोकेशन", "जीपीएस",
    "जीपीएस लोकेशन", "स्थान", "जगह", "निर्देशांक",
)  # fmt: skip
CAMERAS = (
    "cameras", "camera", "no of cameras", "no. of cameras", "number of cameras", "total cameras", "camera count",
    "cctv", "no of cctv", "total cctv", "cctv cameras", "no. of cctv", "no of camera", "total camera", "qty",
    "कैमरे", "कैमरा", "कैमरों की संख्या", "कैमरे की संख्या", "कुल कैमरे", "सीसीटीवी", "कैमरा संख्या", "संख्या",
)  # fmt: skip
KIND = ("type", "kind", "category", "type of place", "place type", "प्रकार", "श्रेणी", "किस्म")
KINDS = {
    "home": ("home", "house", "residence", "residential", "घर", "मकान", "निवास", "आवास"),
    "shop": ("shop", "store", "showroom", "commercial", "business", "दुकान", "व्यापार", "शोरूम"),
    "institution": (
        "institution", "school", "college", "hospital", "bank", "temple", "office", "hotel",
        "संस्था", "संस्थान", "स्कूल", "कॉलेज", "अस्पताल", "बैंक", "मंदिर", "होटल",
    ),
    "society": ("society", "housing society", "colony", "rwa", "apartment", "सोसायटी", "सोसाइटी", "कॉलोनी", "कालोनी"),
}  # fmt: skip
