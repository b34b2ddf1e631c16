# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Cases of Russian names and adjectives: a stem with the closed list of endings of its declension.

A name is matched with these forms and nothing else: ``Дания`` (Denmark) is not found in ``дана`` (given).
"""

from __future__ import annotations

from itertools import product

__all__ = ["adjective_forms", "noun_forms", "people_forms"]

HARD = ("ый", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ой", "ую", "ых", "ыми", "о")
VELAR = ("ий", "ая", "ое", "ие", "ого", "ому", "им", "ом", "ой", "ую", "их", "ими", "о")
NOUNS = (
    ("ия", ("ия", "ии", "ию", "ией")),
    ("ья", ("ья", "ьи", "ье", "ью", "ьей")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("а", ("а", "ы", "и", "е", "у", "ой", "ей")),
    ("й", ("й", "я", "ю", "ем", "е")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("ы", ("ы", "", "ов", "ам", "ами", "ах")),
)
FIXED = tuple("оеиуэю")
CONSONANT = ("", "а", "у", "ом", "ем", "е")


PEOPLES = (
    ("цы", ("цы", "цев", "цам", "цами", "цах", "ец", "ца", "цу", "цем", "це")),
    ("йцы", ("ец",)),
    ("не", ("не", "н", "нам", "нами", "нах", "нин", "нина", "нину", "нином", "нине")),
    ("ы", ("ы", "ов", "ам", "ами", "ах", "", "а", "у", "ом", "е")),
    ("ки", ("ки", "ков", "кам", "ками", "ках", "к", "ка", "ку", "ком", "ке", "ок")),
    ("хи", ("хи", "хов", "хам", "хами", "хах", "х", "ха", "ху", "хом", "хе")),
)


def people_forms(plural: str) -> frozenset[str]:
    """Give a people in all cases, in the plural and the masculine singular.

    Examples
    --------
    >>> {"китаец", "китайцев", "россиянами", "турок", "поляка"} <= frozenset(
    ...     form for p in ("китайцы", "россияне", "турки", "поляки") for form in people_forms(p)
    ... )
    True
    """
    return frozenset(
        plural.removesuffix(ending) + e
        for ending, endings in PEOPLES
        if plural.endswith(ending)
        for e in endings
    )


def noun_forms(name: str) -> frozenset[str]:
    """Give a noun in all cases, in lower case; each part of a name with hyphens may change.

    Examples
    --------
    >>> sorted(noun_forms("Россия"))
    ['россией', 'россии', 'россию', 'россия']
    >>> "сша" in noun_forms("США"), "коста-рикой" in noun_forms("Коста-Рика"), noun_forms("Чили")
    (True, True, frozenset({'чили'}))
    """
    if name.isupper():
        return frozenset({name.casefold()})
    parts = (_part(part) for part in name.casefold().replace("ё", "е").split("-"))
    return frozenset("-".join(one) for one in product(*parts))


def _part(word: str) -> frozenset[str]:
    if word.endswith(FIXED):
        return frozenset({word})
    for ending, endings in NOUNS:
        if word.endswith(ending):
            base = word.removesuffix(ending)
            return frozenset(base + e for e in endings)
    return frozenset(word + e for e in CONSONANT)


def adjective_forms(adjective: str) -> frozenset[str]:
    """Give an adjective in all cases and genders.

    Examples
    --------
    >>> {"российского", "российскими"} <= adjective_forms("российский"), "новую" in adjective_forms("Новая")
    (True, True)
    """
    word = adjective.casefold().replace("ё", "е")
    base = word[:-2]
    return frozenset(base + e for e in (VELAR if base.endswith(("к", "г", "х", "ш", "ж")) else HARD))
