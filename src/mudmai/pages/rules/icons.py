"""The icons: one path each on a 24 × 24 field, drawn with a line of 1.8; own drawings under the project's licence."""

ICONS: dict[str, str] = {
    # places to go
    "overview": '<path d="M4 20V4M4 20h16M8 16v-5M12 16V8M16 16v-7"/>',
    "chart": '<path d="M4 20h16M7 20v-7M12 20V6M17 20v-10"/>',
    "map": '<path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/>'
        '<path d="M3 20c0-4 3-6 6-6s6 2 6 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.500c2 .8 3 2.8 3 5.5"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 21c0-4.5 3.5-7 7.5-7s7.5 2.5 7.5 7"/>',
    "house": '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
    "import": '<path d="M12 15V3M7.5 7.5 12 3l4.5 4.500M4 14v6h16v-6"/>',
    "review": (
        '<circle cx="7" cy="8" r="3"/><circle cx="17" cy="8" r="3"/><path d="M2 19c0-3.5 2-5.5 5-5.500M22 '
        '19c0-3.5-2-5.5-5-5.500M10 16h4M12 14v4"/>'
    ),
    "list": '<path d="M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01"/>',
    "table": '<path d="M3 5h18v14H3zM3 10h18M3 14.500h18M9 5v14"/>',
    "form": '<path d="M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3"/>',
    "walk": ('<circle cx="13" cy="4.5" r="2"/><path d="m9 21 2.5-6L9 12l1-5 4 1 2 3 3 1M14.5 21l-1-5-2-2"/>'),
    "gift": ('<path d="M4 11h16v10H4zM3 7h18v4H3zM12 7v14M12 7S8 7 8 4.5 12 3 12 7c0-4 4-5 4-2.500S12 7 12 7"/>'),
    "phone": ('<path d="M5 4h4l2 5-2.5 1.500a11 11 0 0 0 5 5L15 13l5 2v4c0 1-1 2-2 2A15 15 0 0 1 3 6c0-1 1-2 2-2"/>'),
    "heart": '<path d="M12 20S3.5 15 3.5 9A4.5 4.5 0 0 1 12 6.5 4.5 4.5 0 0 1 20.5 9c0 6-8.5 11-8.5 11z"/>',
    "settings": (
        '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>'
    ),
    "more": '<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>',
    # states
    "warn": '<path d="M12 4 2.5 20h19zM12 10v4M12 17h.01"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7v5l3 2"/>',
    "check": '<path d="m5 12 5 5 9-10"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>',
    "question": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M12 16.500h.01"/>'
    ),
    "same": '<path d="M5 9h14M5 15h14"/>',
    "differ": '<path d="M5 9h14M5 15h14M16 5 8 19"/>',
    "missing": '<circle cx="12" cy="12" r="8" stroke-dasharray="3 3.3"/><path d="M9 12h6"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2"/>',
    "shield": '<path d="M12 3 4.5 6v6c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6zM9 12l2.2 2.200L15 10.5"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>'
    ),
    "merge": '<path d="M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8M9.5 17.5 12 20l2.5-2.5"/>',
    "split": '<path d="M12 4v4c0 4-6 4-6 8v4M12 8c0 4 6 4 6 8v4"/>',
    "history": '<path d="M4 12a8 8 0 1 0 2.5-5.800L4 8.500M4 4v4.500h4.500M12 8v4l3 2"/>',
    # things to do
    "search": '<circle cx="11" cy="11" r="6"/><path d="m20 20-4.5-4.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "edit": '<path d="M4 20h4L19.5 8.500a2 2 0 0 0-4-4L4 16zM13.5 6.500l4 4"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6.5 7 7.5 20h9l1-13M10 11v5M14 11v5"/>',
    "undo": '<path d="M4 9h10a6 6 0 0 1 0 12h-4M4 9l4.5-4.500M4 9l4.5 4.5"/>',
    "download": '<path d="M12 3v12M7.5 10.5 12 15l4.5-4.500M4 15v5h16v-5"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "copy": '<path d="M8 8h12v13H8zM16 8V3H4v13h4"/>',
    "filter": '<path d="M3 5h18l-7 8.500V20l-4-2v-4.500z"/>',
    "pin": (
        '<path d="M12 21.500S5 14 5 9.500a7 7 0 0 1 14 0C19 14 12 21.5 12 21.500z"/><circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "locate": (
        '<circle cx="12" cy="12" r="6"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/><circle cx="12" cy="12" r="1.5"/>'
    ),
    "route": (
        '<circle cx="6" cy="19" r="2"/>'
        '<circle cx="18" cy="5" r="2"/>'
        '<path d="M8 19h7.500a3.5 3.5 0 0 0 0-7h-7a3.5 3.5 0 0 1 0-7H16"/>'
    ),
    "file": '<path d="M6 3h8l5 5v13H6zM14 3v5h5"/>',
    "calendar": '<path d="M4 6h16v15H4zM4 10.500h16M8 3v4M16 3v4"/>',
    "key": '<circle cx="8" cy="15" r="4.5"/><path d="m11.5 11.5 8-8M16 7l3 3"/>',
    "signout": '<path d="M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5"/>',
    "globe": ('<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17"/>'),
    "contrast": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M12 3.500v17" />'
        '<path d="M12 3.500a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>'
    ),
    "left": '<path d="M15 5 8 12l7 7"/>',
    "right": '<path d="m9 5 7 7-7 7"/>',
    "up": '<path d="m5 15 7-7 7 7"/>',
    "down": '<path d="m5 9 7 7 7-7"/>',
    "arrow": '<path d="M4 12h16M14 6l6 6-6 6"/>',
    "refresh": '<path d="M20 12a8 8 0 1 1-2.5-5.800L20 8.500M20 4v4.500h-4.5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1"/>',
}
