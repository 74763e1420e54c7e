"""How much input may be: what lies beyond is a mistake or an attack, and is refused before it is read whole."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
CODE_LENGTH = 64  # characters: a code becomes the name of a file
DECIMALS = 9
MONTHS = 1200
DRAWS = 100_000
ROUNDS = 10_000  # of a method that repeats itself
COUNT = 10**9
TILES = 100  # rows or columns of a map
SEED = 2**63 - 1
DIGITS = 18  # of a whole number: more than any count has, and no more than 64 bits hold
DEPTH = 150  # levels of nesting in YAML: a level of the tree takes two
MEGABYTE = 2**20
YAML_BYTES = 4 * MEGABYTE
YAML_NODES = 200_000  # keys, values and items, each as often as an alias repeats it
TABLE_BYTES = 64 * MEGABYTE
WORKBOOK_BYTES = 128 * MEGABYTE  # unpacked
WORKBOOK_PARTS = 1_000
AREA = 100_000  # cells that are merged, or bear one link
SHEET_ROWS = 200_000
SHEET_COLUMNS = 200
LEVELS = 60  # of a tree in a sheet
