"""XPath 1.0 with the functions of ODK XForms, over light trees, compiled once and asked often."""
