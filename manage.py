#!/usr/bin/env python
"""Django's own entry, for tools that look for it; people type `mudmai`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mudmai.site.settings")
    execute_from_command_line(sys.argv)
