# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Texts that remember how they were made: English is as before, another language says the same values."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from tertius.text import ENGLISH, Language, Text, count, figure, joined, say

FORMS = {
    ("", "{who} loses {loss:+,.1f} %"): ("{who:genitive} потери: {loss:+,.1f} %",),
    ("", "Russia"): ("Россия",),
    ("genitive", "Russia"): ("России",),
    ("", " and "): (" и ",),
    ("", "{n} lever"): ("{n} рычаг", "{n} рычага", "{n} рычагов"),
}
RUSSIAN = Language("ru", FORMS, lambda n: 0 if n == 1 else 1 if n < 5 else 2, ",", "\u202f")
numbers = st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 0.1)


def test_a_text_is_its_english():
    text = say("{who} loses {loss:+,.1f} %", who="Russia", loss=-1234.56)
    assert isinstance(text, str)
    assert text == "Russia loses −1,234.6 %" == text.in_(ENGLISH)
    assert text.in_(RUSSIAN) == "России потери: −1\u202f234,6 %"


def test_texts_nest_and_join():
    text = joined(
        say(" and "), [count(1, "{n} lever", "{n} levers"), "", count(7, "{n} lever", "{n} levers")]
    )
    assert text == "1 lever and 7 levers"
    assert text.in_(RUSSIAN) == "1 рычаг и 7 рычагов"
    assert say("{told:capital}", told=say("gains")).in_(RUSSIAN) == "Gains"


def test_what_is_missing_is_english_and_known_to_be_missing():
    told = Language("ru", {}, lambda n: 0, ",", " ")
    assert say("{share:.1f} of all", share=0.5).in_(told) == "0.5 of all"
    assert told.missing == {"{share:.1f} of all"}
    assert say("{share:.1f} %", share=0.5).in_(told) == "0,5 %"  # no words: nothing to translate


def test_a_text_survives_a_pickle():
    text = joined("; ", [count(3, "{n} lever", "{n} levers"), figure(-2.5, "+.1f", " %")])
    again = pickle.loads(pickle.dumps(text))
    assert isinstance(again, Text)
    assert (again, again.in_(RUSSIAN)) == (text, "3 рычага; −2,5 %")


@given(numbers, st.integers(0, 3), st.booleans())
def test_a_number_differs_in_its_marks_alone(x, places, signed):
    text = figure(x, f"{'+' if signed else ''},.{places}f")
    marks = str.maketrans({",": "\u202f", ".": ","})
    assert text.in_(RUSSIAN) == str(text).translate(marks)
    assert abs(float(text.replace(",", "").replace("−", "-")) - x) <= 0.5 * 10**-places + 1e-9


@given(st.floats(-0.004, 0.004))
def test_what_rounds_to_zero_has_no_sign(x):
    assert figure(x, "+,.2f", " %") == "0.00 %"
