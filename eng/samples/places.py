"""Where things are: warehouses, postcode areas, countries, and which warehouse is nearest."""

import math

MAIN_AND_NORTH = (
    {"id": "MAIN", "name": "Main warehouse", "latitudeMicrodegrees": 52040000,
     "longitudeMicrodegrees": -760000, "aisles": 7, "columns": 40, "levels": 12,
     "stations": 4, "slotsPerStation": 24, "docksPerStation": 13, "vehicles": 58,
     "outPlacesPerAisle": 4, "inPlacesPerAisle": 5, "ssccBlock": 1},
    {"id": "NORTH", "name": "North warehouse", "latitudeMicrodegrees": 53800000,
     "longitudeMicrodegrees": -1550000, "aisles": 5, "columns": 40, "levels": 12,
     "stations": 3, "slotsPerStation": 24, "docksPerStation": 12, "vehicles": 32,
     "outPlacesPerAisle": 4, "inPlacesPerAisle": 4, "ssccBlock": 2},
)

# Postcode area: approximate centre in hundredths of a degree, and a rough weight by size.
_AREAS = """
AB 5715 -211 2;AL 5177 -32 1;B 5248 -190 6;BA 5130 -240 2;BB 5377 -243 2;BD 5383 -180 2
BH 5075 -190 2;BL 5357 -243 2;BN 5087 -5 3;BR 5138 4 1;BS 5145 -260 4;BT 5460 -620 5
CA 5475 -310 1;CB 5220 20 2;CF 5155 -330 4;CH 5325 -300 3;CM 5177 50 3;CO 5188 95 2
CR 5136 -10 2;CT 5125 115 2;CV 5238 -150 3;CW 5312 -245 1;DA 5143 25 2;DD 5650 -295 1
DE 5300 -150 3;DG 5505 -380 1;DH 5480 -160 1;DL 5450 -170 1;DN 5355 -90 3;DT 5075 -245 1
DY 5245 -215 2;E 5154 -3 4;EC 5152 -10 1;EH 5593 -325 4;EN 5167 -5 2;EX 5075 -360 2
FK 5605 -380 1;FY 5382 -303 1;G 5586 -427 5;GL 5185 -215 3;GU 5122 -70 3;HA 5158 -35 2
HD 5363 -182 1;HG 5403 -155 1;HP 5172 -68 2;HR 5208 -275 1;HS 5800 -670 1;HU 5378 -35 2
HX 5372 -190 1;IG 5157 8 2;IP 5215 110 3;IV 5750 -460 1;KA 5555 -455 2;KT 5136 -33 2
KW 5875 -315 1;KY 5620 -315 2;L 5342 -292 4;LA 5415 -285 2;LD 5220 -335 1;LE 5263 -115 4
LL 5305 -375 2;LN 5325 -40 1;LS 5382 -155 4;LU 5190 -45 2;M 5347 -225 5;ME 5135 55 3
MK 5205 -70 2;ML 5578 -390 2;N 5157 -11 4;NE 5505 -165 5;NG 5300 -110 5;NN 5227 -88 3
NP 5165 -300 2;NR 5265 125 3;NW 5155 -19 3;OL 5357 -208 2;OX 5175 -130 3;PA 5590 -500 1
PE 5260 -10 4;PH 5660 -390 1;PL 5040 -445 2;PO 5082 -110 4;PR 5373 -270 2;RG 5143 -105 4
RH 5112 -18 2;RM 5157 20 2;S 5338 -145 6;SA 5180 -420 3;SE 5147 -5 4;SG 5192 -18 2
SK 5335 -210 3;SL 5152 -62 2;SM 5137 -19 1;SN 5153 -185 2;SO 5095 -145 3;SP 5110 -180 1
SR 5488 -140 1;SS 5157 65 2;ST 5295 -215 3;SW 5147 -17 4;SY 5260 -310 2;TA 5105 -310 2
TD 5560 -240 1;TF 5272 -245 1;TN 5108 35 3;TQ 5045 -360 1;TR 5020 -525 1;TS 5457 -125 3
TW 5144 -35 2;UB 5153 -44 2;W 5151 -19 3;WA 5340 -255 3;WC 5152 -12 1;WD 5167 -40 1
WF 5367 -145 2;WN 5353 -262 1;WR 5218 -220 1;WS 5262 -195 2;WV 5260 -215 2;YO 5400 -95 3
ZE 6030 -125 1
"""

# Name in the source: ISO code, one point in hundredths of a degree.
COUNTRIES = {
    "United Kingdom": ("GB", 5248, -190), "Australia": ("AU", -3387, 15121),
    "Austria": ("AT", 4821, 1637), "Bahrain": ("BH", 2623, 5058),
    "Belgium": ("BE", 5085, 435), "Brazil": ("BR", -2355, -4663),
    "Canada": ("CA", 4365, -7938), "Channel Islands": ("JE", 4919, -211),
    "Cyprus": ("CY", 3517, 3336), "Czech Republic": ("CZ", 5008, 1444),
    "Denmark": ("DK", 5568, 1257), "EIRE": ("IE", 5335, -626),
    "European Community": ("BE", 5085, 435), "Finland": ("FI", 6017, 2494),
    "France": ("FR", 4886, 235), "Germany": ("DE", 5011, 868),
    "Greece": ("GR", 3798, 2373), "Hong Kong": ("HK", 2232, 11417),
    "Iceland": ("IS", 6415, -2194), "Israel": ("IL", 3207, 3478),
    "Italy": ("IT", 4546, 919), "Japan": ("JP", 3568, 13969),
    "Lebanon": ("LB", 3389, 3550), "Lithuania": ("LT", 5469, 2528),
    "Malta": ("MT", 3590, 1451), "Netherlands": ("NL", 5237, 490),
    "Norway": ("NO", 5991, 1075), "Poland": ("PL", 5223, 2101),
    "Portugal": ("PT", 3872, -914), "RSA": ("ZA", -2620, 2805),
    "Saudi Arabia": ("SA", 2471, 4668), "Singapore": ("SG", 135, 10382),
    "Spain": ("ES", 4042, -370), "Sweden": ("SE", 5933, 1807),
    "Switzerland": ("CH", 4738, 854), "USA": ("US", 4071, -7401),
    "United Arab Emirates": ("AE", 2520, 5527), "Unspecified": ("GB", 5248, -190),
}

COS_PER_MILLE = tuple(round(1000 * math.cos(math.radians(degree))) for degree in range(91))


def areas():
    """{area letters: ((latitude, longitude) in micro-degrees, weight)}"""
    found = {}
    for entry in _AREAS.replace("\n", ";").strip(";").split(";"):
        letters, latitude, longitude, weight = entry.split()
        found[letters] = ((int(latitude) * 10000, int(longitude) * 10000), int(weight))
    return found


AREAS = areas()


def country_code(name):
    return COUNTRIES[name][0]


def geography_rows():
    rows = {}
    for letters, (point, _) in AREAS.items():
        rows["GB", letters] = point
    for code, latitude, longitude in COUNTRIES.values():
        if code != "GB":
            rows[code, ""] = (latitude * 10000, longitude * 10000)
    return [key + point for key, point in sorted(rows.items())]


POINTS = {(country, area): (latitude, longitude)
          for country, area, latitude, longitude in geography_rows()}


def area_letters(country, postcode):
    """The leading letters of a GB postcode; nothing elsewhere."""
    if country != "GB":
        return ""
    end = next(at for at, char in enumerate(postcode) if not char.isalpha())
    return postcode[:end]


def point_of(country, postcode):
    return POINTS[country, area_letters(country, postcode)]


def squared_distance(ship_to, warehouse):
    """Integer squared equirectangular distance; the cosine is the one of the ship-to point."""
    d_lat = abs(ship_to[0] - warehouse["latitudeMicrodegrees"])
    cos = COS_PER_MILLE[abs(ship_to[0]) // 1000000]
    d_lon = abs(ship_to[1] - warehouse["longitudeMicrodegrees"]) * cos // 1000
    return d_lat * d_lat + d_lon * d_lon


def ranked(ship_to):
    """Warehouses as [(squared distance, id), ...], nearest first."""
    return sorted((squared_distance(ship_to, one), one["id"]) for one in MAIN_AND_NORTH)


def nearest(ship_to):
    return ranked(ship_to)[0][1]


def is_borderline(ship_to):
    """True where another reasonable distance formula could choose the other warehouse."""
    (near, _), (far, _) = ranked(ship_to)
    return far * 10 < near * 13
