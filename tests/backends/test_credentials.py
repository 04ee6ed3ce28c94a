import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from troubleshoot.backends.http.credentials import Credentials, credentials
from troubleshoot.model.errors import UsageError
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store

SECRET = "hunter2-hunter2"


def given(environ: Mapping[str, str], **settings: Any) -> Credentials:
    checked = BackendSettings.model_validate({"url": "http://h:9090"} | settings)
    return credentials(Store.PROMETHEUS, checked, environ)


def printing(code: str) -> dict[str, Any]:
    return {"command": [sys.executable, "-c", code]}


def test_a_bearer_token_comes_from_a_variable() -> None:
    found = given({"TOKEN": SECRET}, bearer={"env": "TOKEN"})
    assert found.headers == {"Authorization": f"Bearer {SECRET}"}
    assert found.secrets == (SECRET,)


def test_a_password_comes_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    found = given({}, basic={"username": "bob", "password": {"file": str(file)}})
    pair = b64encode(f"bob:{SECRET}".encode()).decode()
    assert found.headers == {"Authorization": f"Basic {pair}"}
    assert set(found.secrets) == {SECRET, pair}


def test_a_secret_header_comes_from_a_command_that_sees_the_environment() -> None:
    command = printing("import os; print(os.environ['VAULT'])")
    found = given({"VAULT": SECRET}, secret_headers={"X-Key": command})
    assert found.headers == {"X-Key": SECRET}


def test_plain_headers_and_the_tenant_are_sent_too() -> None:
    found = given({}, headers={"X-Team": "a"}, tenant="shop", tenant_header="X-Tenant")
    assert found.headers == {"X-Team": "a", "X-Tenant": "shop"}
    assert found.secrets == ()


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ({"env": "TOKEN"}, "the environment variable TOKEN is not set"),
        ({"env": "EMPTY"}, "the environment variable EMPTY gives nothing"),
        ({"file": "/no/such/file"}, "cannot read the file /no/such/file: No such file"),
        ({"command": ["/no/such/program", SECRET]}, "cannot run the command /no/such/program"),
        (printing(f"import sys; print('{SECRET}'); sys.exit(3)"), "failed with code 3"),
        (printing("print()"), "gives nothing"),
        (printing("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')"), "is not text"),
        (printing(f"print('{SECRET}\\nX-Other: y')"), "a line break?"),
    ],
)
def test_a_secret_that_cannot_be_had_names_its_source_and_never_a_value(
    source: dict[str, Any], named: str
) -> None:
    with pytest.raises(UsageError) as caught:
        given({"EMPTY": ""}, bearer=source)
    message = f"{caught.value.message} {caught.value.hint}"
    assert named in message
    assert message.startswith("prometheus")
    assert SECRET not in message


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="is not text"):
        given({}, bearer={"file": str(file)})
