"""Pure Python under everything: Thai ids, names, dates, addresses, keys, the clock. Knows no Django and no database."""
