"""Rules on the form of a text: English letters and words, no markup, nothing left over."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import is_everyday, words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    ANYTHING,
    EVERYWHERE,
    Severity,
    text_rule,
    wording_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_LIST_MARKS = r"[*+\u2022\u25cf\u25aa\u2013]\s|-\s|\||#{1,6}\s|>\s"
_LABEL = r"(?:[Qq]uestion|[Pp]art|[Tt]ask|[Tt]opic|[Bb]ullet|[Ii]tem)\s*\d{1,2}\b"
_DASHED_LIST = r"(?:\s[-\u2013]\s[^-\u2013]+){3}"
_NUMBERING = r"\(?(?:\d{1,2}|[ivx]{2,4})[.)]\s|[qQ]?\d{1,2}\s*[:.)]\s|[qQ]\s*[:.]\s"
_MARKUP = pattern(
    r"</?[a-zA-Z!][^<>]{0,80}>|&(?:nbsp|amp|lt|gt|quot|#\d+);"  # HTML
    r"|\*\*|__+|~~|```|`[^`]+`|(?<!\w)\*\w[^*]*\*(?!\w)|\]\("  # Markdown
    rf"|(?:^|\n)\s*(?:{_LIST_MARKS}|{_NUMBERING}|{_LABEL})"
    rf"|{_DASHED_LIST}"
    r"|\\[nrt\"u]|\$\{|\$\$|\|\s*\w+\s*\||={3,}|-{3,}|#\w+|[?!]{3,}|\s//|[?.!][\"'],|[A-Za-z][$\u20ac\u00a3*^~=]\w*"
)
_PLACE_OF = (
    r"(?:an?|any|insert|your|activity|adjective|city|country|hobby|keyword|name|noun|object|person"
    r"|place|subject|theme|thing|topic|verb)\b"
)
_PLACEHOLDER = pattern(
    r"\b(?-i:[A-Z]{3,} [A-Z]{4,}|[A-Z]{4,} [A-Z]{3,}"  # INSERT TOPIC
    r"|TOPIC|SUBJECT|NAME|NOUN|VERB|ADJECTIVE|PLACE|PERSON|THING|HOBBY|KEYWORD|THEME)\b"
    r"|\w_+\w|(?<!\w)[ABC][12]\W*$|[{}]|<[^<>]*>|%[sd]\b|%\w+%|\$\w+|_{2,}|\.{5,}|\[[^\]]*$"
    rf"|\[\s*\]|\[(?!(?!{_PLACE_OF})[a-z]+ (?:and|or) (?!{_PLACE_OF})[a-z]+\])"
    r"(?!\s*(?:(?:and\s+)?(?:why|how|what|when|where|who|which|e\.?g)|now|before|after|during|in|at|on|or|and|if)\b)[^\]]*(?<![?\s])\s*\]",
    re.IGNORECASE,
)
_ADDRESS = pattern(
    r"https?:|www\.|\b[\w.+-]+@\w[\w-]*\.\w|\b\w+\.(?:com|org|net|co\.uk|io)\b|(?<!\w)@\w",
    re.IGNORECASE,
)
# words that English doubles: "I know that that helps", "very very"
_DOUBLED = words_of("function_words") | {"very", "really", "long", "many", "bye", "well", "more"}
_FILLER = words_of("filler")
_MOJIBAKE = pattern(
    r"\ufffd|[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac\u2122\u0153\u201a-\u201e]|\u00e2\u20ac"
)


@text_rule("empty", REJECT, ANYTHING, unless="is_simple")
def empty(text: Reading) -> str | None:
    """A text without words."""
    if text.words or any(map(str.isalpha, text.plain)):
        return None
    return "There are no words here. Write the text."


@text_rule("foreign-characters", REJECT, ANYTHING, unless="is_simple")
def foreign_characters(text: Reading) -> str | None:
    """Characters that no English text needs: other scripts, emoji, broken encoding."""
    if text.raw.isascii():
        control = next((c for c in text.raw if c < " " and c not in "\t\r\n"), None)
        return f"Remove the control character {control!r}." if control else None
    if _MOJIBAKE.search(text.raw):
        return "The text was decoded with the wrong encoding. Write it again in plain English."
    for character in text.plain:
        if not character.isascii() and not _is_english(character):
            return (
                f"Remove {character!r}: write in English, with letters and plain punctuation only."
            )
    return None


def _is_english(character: str) -> bool:
    kind = unicodedata.category(character)
    if kind[0] == "L":
        # accented letters of borrowed words: café, fiancé
        return "LATIN" in unicodedata.name(character, "") and character < "\u0180"
    return kind in {"Pd", "Ps", "Pe", "Pi", "Pf"} or character in "\u2026\u2032\u00a3\u20ac\u00b7"


@text_rule("markup", REJECT, ANYTHING, unless="is_simple")
def markup(text: Reading) -> str | None:
    """Markdown, HTML, list marks, numbering or escape sequences."""
    match = _MARKUP.search(text.raw.strip())
    return (
        f"Remove {match[0].strip()!r}: plain text only, no markup or numbering." if match else None
    )


@text_rule("placeholder", REJECT, ANYTHING, unless="is_simple")
def placeholder(text: Reading) -> str | None:
    """A blank, a placeholder or brackets other than a probe's."""
    match = _PLACEHOLDER.search(text.plain)
    return (
        f"Replace {match[0]!r} by words; brackets hold only a probe such as [Why?]."
        if match
        else None
    )


@text_rule("web-address", REJECT, ANYTHING, unless="is_simple")
def web_address(text: Reading) -> str | None:
    """A web or e-mail address, or an account name."""
    match = _ADDRESS.search(text.plain)
    return f"Remove the address {match[0]!r}." if match else None


wording_rule(
    "debris",
    REJECT,
    ANYTHING,
    "Program code, or the trace of a failed program, in the place of a text.",
    reason="{found!r} is no part of a question. Write the text.",
)


@text_rule("filler", REJECT, ANYTHING)
def filler(text: Reading) -> str | None:
    """A word that only holds the place of a text."""
    if text.words and _FILLER.issuperset(text.words):
        return f"{text.lower!r} only holds a place. Write the text."
    return None


@text_rule("shouting", REJECT, EVERYWHERE, unless="has_small_letters_only")
def shouting(text: Reading) -> str | None:
    """A whole text in capitals."""
    letters = [character for character in text.body if character.isalpha()]
    if len(letters) > 11 and sum(map(str.isupper, letters)) > 0.8 * len(letters):
        return "Write in small letters, with a capital at the start only."
    return None


_ABBREVIATIONS = words_of("written_with_capital")
_ODD_CASE = pattern(r"\b[A-Za-z]*[a-z][A-Z][A-Za-z]*\b")


@text_rule("odd-capitals", REJECT, EVERYWHERE, unless="has_small_letters_only")
def odd_capitals(text: Reading) -> str | None:
    """Capitals in the middle of words."""
    loud = sum(
        len(word) > 1 and word.isupper() and word not in _ABBREVIATIONS for word in text.cased_words
    )
    if loud > 2 or len(_ODD_CASE.findall(text.body)) > 1:  # a slip, "WiFi", words stressed
        return "Write in small letters, with a capital at the start only."
    return None


_WITH_ITSELF = pattern(r"\bbetween (?:an? |the )?(\w{3,}) and (?:an? |the )?\1\b")


@text_rule("repeated-words", REJECT, EVERYWHERE, unless="says_no_word_twice")
def repeated_words(text: Reading) -> str | None:
    """A word twice or three times in a row, or compared with itself."""
    words = text.words
    doubled = {first for first, second in pairwise(words) if first == second}
    thrice = {
        word
        for word, *others in zip(words, words[1:], words[2:], strict=False)
        if others == [word, word]
    }
    for word in sorted(doubled):
        if word in thrice or (len(word) > 3 and word not in _DOUBLED):
            return f"{word!r} stands there again and again. Say it once."
    if "between" in words and (same := _WITH_ITSELF.search(text.lower)):
        return f"{same[1]!r} is compared with itself. Name two things."
    return None


@text_rule("harping", REJECT, EVERYWHERE)
def harping(text: Reading) -> str | None:
    """A text that says the same word, or its kin, again and again; one of 6,000 real ones does."""
    beginnings = [word[:5] for word in text.words if len(word) > 3 and word not in _DOUBLED]
    if len(beginnings) - len(set(beginnings)) < 2:
        return None
    times = max(Counter(beginnings).values())
    if times > 3 or (times == 3 and text.has_one_sentence):
        return "The text repeats itself. Say it once."
    return None


@text_rule("repeated-text", REJECT, EVERYWHERE, unless="says_no_word_twice")
def repeated_text(text: Reading) -> str | None:
    """A text that goes round in circles."""
    words = text.words
    if len(set(words)) > len(words) - 3:
        return None
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    half = len(words) // 2
    if (
        (len(words) >= 8 and len(set(words)) <= len(words) * 0.45)  # real ones stay above 0.6
        or max(runs.values()) >= 3
        or (len(words) < 9 and max(Counter(pairwise(words)).values()) >= 3)
        or words[:half] == words[half:]
    ):
        return "The text repeats itself. Say it once."
    return None


@text_rule("not-english", REJECT, EVERYWHERE, unless="has_everyday_words_only")
def not_english(text: Reading) -> str | None:
    """Another language, or letters that make no words."""
    # "e.g." is no word, and no fault
    unknown = [word for word in text.rare_words if len(word) > 1 and not is_everyday(word)]
    if not unknown:
        return None
    count = len(text.words)
    # of two thousand real questions only one had two unknown words, and these were names
    coined = sum(word in unknown for word in text.cased_words)
    if count >= 3 and (len(unknown) > 0.5 * count or (coined >= 2 and coined >= 0.3 * count)):
        return "Most of these are not English words. Write the text in plain English."
    if any(map(_is_mash, unknown)):
        return "Some of these letters make no word. Write the text in plain English."
    return None


@text_rule("stilted", REJECT, EVERYWHERE, unless="has_everyday_words_only")
def stilted(text: Reading) -> str | None:
    """Several long words that nobody says to a candidate."""
    rare = [word for word in text.rare_words if len(word) > 8 and not is_everyday(word)]
    if len(rare) > 2:
        return f"{', '.join(rare)}: say it in plain words."
    return None


_NO_VOWEL = pattern(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}|[aeiou]{6,}")


def _is_mash(word: str) -> bool:
    return len(word) > 28 or _NO_VOWEL.search(word) is not None


_FOREIGN = words_of("other_languages") - words_of("everyday") - words_of("function_words")


@text_rule("other-language", REJECT, ANYTHING, unless="has_everyday_words_only")
def other_language(text: Reading) -> str | None:
    """Function words of another language."""
    found = [word for word in text.rare_words if word in _FOREIGN]
    if not found:
        return None
    for first, second in pairwise(text.words):  # "das Wetter": beside a word that English has not
        if first in _FOREIGN and not is_everyday(second) and second not in _FOREIGN:
            return f"{first!r} and {second!r} are not English. Write the text in English."
    if len(found) >= 2 and 4 * len(found) >= len(text.words):
        return f"{found[0]!r} and {found[1]!r} are not English. Write the text in English."
    return None
