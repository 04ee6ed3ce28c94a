"""Type and application frame of exceptions, as six languages print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.analysis.logs.exceptions import MAX_STACK, Raised, raised

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

GO_PLAIN = """no stock
github.com/shop/stock.(*Store).Take
\t/go/src/github.com/shop/stock/store.go:31
net/http.HandlerFunc.ServeHTTP
\t/usr/local/go/src/net/http/server.go:2136"""

GO_TRIMMED = """panic: runtime error: invalid memory address or nil pointer dereference

goroutine 34 [running]:
net/http.(*conn).serve.func1()
\tnet/http/server.go:1868 +0xb0
github.com/gin-gonic/gin.(*Context).Next(...)
\tgithub.com/gin-gonic/gin@v1.9.1/context.go:174
payment/charge.Do({0x1400, 0x2}, 0x3)
\tpayment/charge/charge.go:42 +0x1d
created by net/http.(*Server).Serve in goroutine 1
\tnet/http/server.go:3086 +0x4cc"""

DOTNET = """System.AggregateException: One or more errors occurred. (no stock)
 ---> Shop.Stock.NoStockException: no stock
   at System.ThrowHelper.ThrowKeyNotFoundException(Object key)
   at Shop.Stock.Store.Take(Order order, Int32 count) in /src/Stock/Store.cs:line 31
   at Shop.Web.Orders.<PlaceAsync>d__3.MoveNext() in C:\\src\\Web\\Orders.cs:line 80
   --- End of inner exception stack trace ---
   at System.Threading.Tasks.Task.Wait()
   at Shop.Web.Program.Main(String[] args) in /src/Web/Program.cs:line 5"""

DOTNET_BARE = """Unhandled exception. System.InvalidOperationException: no elements
   at System.Linq.ThrowHelper.ThrowNoElementsException()
   at System.Linq.Enumerable.First[TSource](IEnumerable`1 source)
   at Shop.Pricing.Prices.<>c__DisplayClass2_0.<Compute>b__0(Line line)
   at Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke(HttpContext httpContext)"""

RUBY = """/usr/lib/ruby/3.3.0/json/common.rb:216:in `parse': unexpected token (JSON::ParserError)
\tfrom /app/vendor/bundle/ruby/3.3.0/gems/rack-3.0/lib/rack/body.rb:5:in `read'
\tfrom /app/app/models/pricing.rb:42:in `compute'
\tfrom /app/config.ru:3:in `<main>'"""

RUBY_34 = """Shop::PoolEmpty (none left):

app/models/pool.rb:7:in 'Pool#take'
app/controllers/orders_controller.rb:10:in 'block in OrdersController#create'"""


@pytest.mark.parametrize(
    ("text", "kind", "frame"),
    [
        (GO_PLAIN, "", "stock.(*Store).Take (store.go:31)"),
        (GO_TRIMMED, "panic", "charge.Do (charge.go:42)"),
        (DOTNET, "NoStockException", "Store.Take (Store.cs:31)"),
        (DOTNET_BARE, "InvalidOperationException", "Prices.Compute"),
        (RUBY, "ParserError", "pricing.compute (pricing.rb:42)"),
        (RUBY_34, "PoolEmpty", "Pool.take (pool.rb:7)"),
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


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("java.net.ConnectException", "ConnectException"),
        ("*net.OpError", "OpError"),
        ("ActiveRecord::ConnectionNotEstablished", "ConnectionNotEstablished"),
        ("App\\Exceptions\\NoStock", "NoStock"),
        ("timeout", "timeout"),
    ],
)
def test_a_named_type_is_enough(name: str, short: str) -> None:
    assert raised({"error.type": name}, "x") == Raised(short)


def test_an_async_method_and_a_lambda_are_named_by_the_method_they_are_in() -> None:
    text = "x\n   at Shop.Web.Orders.<PlaceAsync>d__3.MoveNext() in /src/Orders.cs:line 80"
    assert raised({}, text).frame == "Orders.PlaceAsync (Orders.cs:80)"


def test_frames_of_java_without_a_line_are_no_frames_of_dotnet() -> None:
    text = "x\n\tat com.shop.Run.run(Native Method)\n\tat com.shop.Go.go(Unknown Source)"
    assert raised({}, text).frame == ""


@pytest.mark.parametrize(
    "path",
    ["node:internal/timers", "internal/timers.js", "/app/node_modules/x/y.js", "<anonymous>"],
)
def test_what_node_brings_itself_is_no_frame_of_the_application(path: str) -> None:
    text = f"Error: x\n    at run ({path}:1:2)\n    at /app/src/internal/price.js:4:2"
    assert raised({}, text).frame == "price (price.js:4)"


def test_a_library_of_dotnet_is_known_by_the_path_it_was_built_with() -> None:
    text = "x\n   at Odd.Lib.Run() in /_/src/Lib.cs:line 3\n   at Shop.Go() in /src/Go.cs:line 1"
    assert raised({}, text).frame == "Shop.Go (Go.cs:1)"


def test_a_path_of_windows_is_read_like_any_other() -> None:
    library = r"C:\\py\\site-packages\\x.py"
    text = PYTHON.replace("/usr/lib/python3.11/json/__init__.py", library)
    assert raised({}, text).frame == "pricing.compute (pricing.py:42)"


def test_the_trace_below_a_cause_without_frames_is_still_read() -> None:
    text = "Traceback (most recent call last):\nKeyError: 1\n\n" + PYTHON
    assert raised({}, text).frame == "pricing.compute (pricing.py:42)"


@pytest.mark.parametrize("text", ["", "one line", "two\nlines", "at home\n at work (nine:to:five)"])
def test_words_are_no_stack_trace(text: str) -> None:
    assert raised({}, text) == Raised()


def test_a_trace_of_python_without_its_first_line_is_still_one() -> None:
    text = 'order 17 failed\n  File "/app/a.py", line 1, in f\nshop.NoStock: 1'
    assert raised({}, text) == Raised("NoStock", "a.f (a.py:1)")


def test_a_class_of_java_without_a_package_is_named() -> None:
    assert raised({}, "x\n\tat Main.run(Main.java:7)").frame == "Main.run (Main.java:7)"


def test_the_middle_of_a_stack_too_long_is_not_read() -> None:
    filler = "x\n" * MAX_STACK
    assert raised({}, f"{filler}{PYTHON}\n{filler}") == Raised()


def test_both_ends_of_a_stack_too_long_are_read() -> None:
    middle = '  File "/usr/lib/python3.11/x.py", line 1, in again\n' * MAX_STACK
    head, _, tail = PYTHON.partition("  File")
    found = raised({}, f"{head}{middle}  File{tail}")
    assert (found.type, found.frame) == ("JSONDecodeError", "pricing.compute (pricing.py:42)")


@given(st.text(alphabet='\n\t at"File(),.:0xj/Caused by panicgo', max_size=300))
def test_nothing_makes_it_raise(text: str) -> None:
    assert isinstance(raised({"stack": text}, text), Raised)
