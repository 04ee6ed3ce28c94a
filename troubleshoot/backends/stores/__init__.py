"""The kinds of backend: a folder each, called as its line in `model.store`.

`client` has ``ENDPOINTS``, all that it is ever asked, and ``Client``, which asks; `parse` has
``PARSERS``, one for each question; `dialect` has ``DIALECT``: how it is asked, what is no query of
its language, which pages show what was asked (see `model.dialect`).
"""
