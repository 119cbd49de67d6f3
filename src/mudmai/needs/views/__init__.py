"""The screens of the module."""
