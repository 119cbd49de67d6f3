"""Thai addresses: whole, and the parts that stand in columns of their own.

Source: docs/rules/identifiers.md; reviewed 2569-11.
"""

from mudmai.kernel.addresses.houses import house_no, house_no_key, moo
from mudmai.kernel.addresses.whole import Address, address, place_name

__all__ = ["Address", "address", "house_no", "house_no_key", "moo", "place_name"]
