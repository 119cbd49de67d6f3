"""Forms of entitlements: choices of lists, rows of parameters, purposes of files."""
