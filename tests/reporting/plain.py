"""What tests compute and read without evalkit: numbers as they are printed, and those that a text names."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENSUS = [
    "P08-housing-area",
    "P08-toilet",
    "P08-kitchen",
    "P08-bath",
    "P03-schooling",
    "P03-illiteracy",
    "P09-tap-water",
]
MONEY = ["P03-spending", "P03-share", "P04-spending", "P04-share", "F-spending", "F-revenue", "F-cover"]


def printed(number, decimals=2):
    return Decimal(str(round(number, 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def numbers(text):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]
