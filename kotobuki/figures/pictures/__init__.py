"""Pictures (画像): `placing` (files of every kind to drawings), `vector` (SVG, pages of a PDF), `renderer` (the program
that draws those, in a process of its own: native code never runs in ours)."""
