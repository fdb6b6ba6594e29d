"""The graph view: layout, painting and the canvas that carries them."""
