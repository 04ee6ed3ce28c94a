"""The deepest frame that is the application's own, and whose frames are not."""

import pytest

from troubleshoot.analysis.logs import libraries
from troubleshoot.analysis.logs.frames import application_frame, frame_at
from troubleshoot.analysis.logs.libraries import foreign

PYTHON = """Traceback (most recent call last):
  File "/app/shop/orders.py", line 12, in place
  File "/app/shop/pricing.py", line 42, in compute
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
ValueError: no"""
JAVA = """java.lang.IllegalStateException: no
\tat org.springframework.web.Filter.doFilter(Filter.java:9)
\tat com.shop.Pricing.compute(Pricing.java:42)
\tat com.shop.Orders.place(Orders.java:12)"""


@pytest.mark.parametrize(
    ("stack", "frame"),
    [
        (PYTHON, "pricing.compute (pricing.py:42)"),
        (JAVA, "Pricing.compute (Pricing.java:42)"),
        ('  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode', ""),
        ("order 4711 failed", ""),
    ],
)
def test_the_deepest_frame_of_the_application_is_told(stack: str, frame: str) -> None:
    assert application_frame(stack) == frame


def test_a_stack_begins_with_its_first_frame_whosever_it_is() -> None:
    assert PYTHON[frame_at(PYTHON) :].lstrip().startswith('File "/app/shop/orders.py"')
    assert JAVA[frame_at(JAVA) :].startswith("\tat org.springframework")
    assert frame_at("order 4711 failed") == -1


@pytest.mark.parametrize(
    ("path", "is_foreign"),
    [
        ("/app/lib/site-packages/requests/api.py", True),
        ("C:\\venv\\Lib\\site-packages\\requests\\api.py", True),
        ("<frozen importlib._bootstrap>", True),
        ("/app/shop/pricing.py", False),
    ],
)
def test_a_path_is_a_librarys_by_a_part_of_it_or_its_beginning(
    path: str, *, is_foreign: bool
) -> None:
    assert foreign(path, libraries.PYTHON) is is_foreign
