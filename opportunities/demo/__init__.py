"""What `manage.py demo` shows: the founding article as the real thing, and examples around it.

`founding.toml` is real. Everything under `examples/` is invented and marked so, and
`examples/README.md` tells how to add one. `tables` reads the files, `build` makes rows of their
lines, `load` writes them and, on another day, moves what nobody touched to that day.
"""
