"""How much a file may hold. What is larger is refused with a sentence, so that one file cannot stop the others."""

MAX_FILE_BYTES = 256 << 20
MAX_UNPACKED_BYTES = 1 << 30  # 1 GB: ten times the XML of 100,000 rows x 20 columns
MAX_MEMBERS = 10_000
MAX_ROWS = 1_048_576  # as many as Excel has
MAX_CELLS = 10_000_000  # cells with something in them
MAX_SPREAD = 40_000_000  # cells of the rectangle around them
SPARSE_FROM = 3_000_000  # a rectangle larger than this, and mostly blank, is read row by row instead
MANY_COLUMNS = 200
