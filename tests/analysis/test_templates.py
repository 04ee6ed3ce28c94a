"""Drain: what differs in a few words is one template, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.analysis.logs.templates import templates

USERS = [f"the user called {name} was not found" for name in ("ada", "bob", "cyd")]


def test_words_that_vary_are_left_out() -> None:
    assert set(templates(USERS).values()) == {"the user called <*> was not found"}


def test_messages_of_which_a_third_differs_are_two_templates() -> None:
    both = ["payment failed: timeout", "payment failed: declined"]
    assert templates(both) == {one: one for one in both}


def test_a_name_with_a_digit_in_it_is_a_name() -> None:
    both = ["s3 upload has failed", "r2 upload has failed"]
    assert templates(both) == {one: one for one in both}


def test_what_was_masked_counts_as_a_word_that_agrees() -> None:
    both = ["<*> <*> <*> from ada", "<*> <*> <*> from bob"]
    assert set(templates(both).values()) == {"<*> <*> <*> from <*>"}


def test_no_message_is_a_template_too() -> None:
    assert templates(["", ""]) == {"": ""}
    assert templates([]) == {}


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=30), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_a_template(
    messages: list[str], random: object
) -> None:
    shuffled = [*messages, *messages]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert templates(shuffled) == templates(messages)


@given(st.lists(WORDS, max_size=30))
def test_a_template_has_the_words_of_its_messages_or_a_gap(messages: list[str]) -> None:
    for message, template in templates(messages).items():
        pairs = zip(message.split(), template.split(), strict=True)
        assert all(there in (word, "<*>") for word, there in pairs)
