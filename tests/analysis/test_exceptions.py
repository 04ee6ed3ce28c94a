"""Type and application frame of exceptions, as four languages print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.analysis.exceptions import MAX_STACK, Raised, raised

PYTHON = """Traceback (most recent call last):
  File "/app/orders/api.py", line 10, in create
    total = compute(order)
  File "/app/orders/pricing.py", line 42, in compute
    return json.loads(text)
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"""

PYTHON_CHAINED = """Traceback (most recent call last):
  File "/app/pool.py", line 7, in take
    raise PoolEmpty("none left")
shop.errors.PoolEmpty: none left

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/api.py", line 3, in handle
    raise HttpError(500)
shop.errors.HttpError: 500"""

JAVA = """ERROR order 17 failed
jakarta.servlet.ServletException: Request processing failed
\tat org.springframework.web.FrameworkServlet.processRequest(FrameworkServlet.java:1014)
\tat com.shop.web.OrderController.place(OrderController.java:88)
Caused by: com.shop.stock.StockException: no stock
\tat java.base/java.util.Optional.orElseThrow(Optional.java:403)
\tat com.shop.stock.Stock.lambda$take$0(Stock.java:31)
\tat com.shop.web.OrderController.place(OrderController.java:80)
\t... 12 more"""

GO = """panic: runtime error: index out of range [5] with length 3

goroutine 17 [running]:
runtime.gopanic(0x1)
\t/usr/local/go/src/runtime/panic.go:770 +0x132
github.com/shop/pay/charge.(*Charger).Do(0xc000012345)
\t/src/pay/charge/charge.go:42 +0x1d
main.main()
\t/src/pay/main.go:9 +0x20"""

NODE = """TypeError: Cannot read properties of undefined (reading 'price')
    at JSON.parse (<anonymous>)
    at Array.map (node:internal/array:10:3)
    at parse (/app/node_modules/body-parser/index.js:4:5)
    at Object.compute (/app/src/pricing.js:42:7)
    at async /app/src/server.js:9:1"""


@pytest.mark.parametrize(
    ("text", "kind", "frame"),
    [
        (PYTHON, "JSONDecodeError", "pricing.compute (pricing.py:42)"),
        (PYTHON_CHAINED, "PoolEmpty", "pool.take (pool.py:7)"),
        (JAVA, "StockException", "Stock.take (Stock.java:31)"),
        (GO, "panic", "charge.(*Charger).Do (charge.go:42)"),
        (NODE, "TypeError", "pricing.compute (pricing.js:42)"),
    ],
)
def test_the_root_cause_and_its_deepest_frame_of_the_application_are_told(
    text: str, kind: str, frame: str
) -> None:
    for found in (raised({}, text), raised({"error.stack_trace": text}, "order failed")):
        assert (found.type, found.frame) == (kind, frame)


def test_a_cause_with_library_frames_only_has_the_frame_of_what_called_it() -> None:
    text = JAVA.replace("com.shop.stock.Stock.lambda", "org.apache.Stock.lambda").replace(
        "com.shop.web.OrderController.place(OrderController.java:80)",
        "java.lang.Run.run(Run.java:1)",
    )
    assert raised({}, text).frame == "OrderController.place (OrderController.java:88)"


def test_a_bare_traceback_says_what_its_last_line_says() -> None:
    assert raised({}, PYTHON).says.startswith("json.decoder.JSONDecodeError: Expecting value")
    assert raised({}, "order failed\n" + PYTHON).says == ""


def test_a_named_type_is_enough() -> None:
    assert raised({"error.type": "java.net.ConnectException"}, "x") == Raised("ConnectException")


@pytest.mark.parametrize("text", ["", "one line", "two\nlines", "at home\n at work (nine:to:five)"])
def test_words_are_no_stack_trace(text: str) -> None:
    assert raised({}, text) == Raised()


def test_both_ends_of_a_stack_too_long_are_read() -> None:
    middle = '  File "/usr/lib/python3.11/x.py", line 1, in again\n' * MAX_STACK
    head, _, tail = PYTHON.partition("  File")
    found = raised({}, f"{head}{middle}  File{tail}")
    assert (found.type, found.frame) == ("JSONDecodeError", "pricing.compute (pricing.py:42)")


@given(st.text(alphabet='\n\t at"File(),.:0xj/Caused by panicgo', max_size=300))
def test_nothing_makes_it_raise(text: str) -> None:
    assert isinstance(raised({"stack": text}, text), Raised)
