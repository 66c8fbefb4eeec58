"""`Page`s as SVG, for a screen: what the PDF writer draws, drawn by a browser."""
