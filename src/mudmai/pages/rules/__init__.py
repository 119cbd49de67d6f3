"""What the pages show, as pure values: icons and the like."""
