"""Page geometry: the layout profile and what both renderers work out from it."""
