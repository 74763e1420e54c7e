"""From an executed notebook to a page: its cells as HTML, its type, its templates."""
