"""Thirty ways of fitting the schema and being no Speaking question.

GARBAGE maps the name of each kind to a function that spoils good content, keeping its shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .answers import item_for, part_of, topic_of

if TYPE_CHECKING:
    from .request import Request

Spoil = Callable[[Any, "Request"], Any]
Write = Callable[[str, str, int], str]

LABELS = frozenset({"topic", "theme", "title", "name"})

_FOREIGN = {
    "french": "Est-ce que vous aimez rester chez vous quand il pleut, et pourquoi ?",
    "japanese": "子どものころ、どんな家に住んでいましたか。",
    "arabic": "هل تحب المشي في الصباح مع أصدقائك؟ ولماذا؟",
    "spanish": "¿Qué suele hacer usted los domingos por la tarde con su familia?",
}
_LATIN = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor"
_KEYBOARD = "asdf jkl qwer zxcv poiu mnbv lkjh"
_SOCIETAL = (
    "Should the government spend more money on public transport?",
    "How has globalisation influenced employment in developing economies?",
    "Do you agree or disagree that taxes ought to be lower?",
    "What are the consequences of urbanisation for modern society?",
)
_PERSONAL = (
    "What is your favourite teapot?",
    "Do you like your bedroom?",
    "What did you eat for breakfast this morning?",
    "Who is your nearest baker?",
)
_TABOO = (
    "Do you believe in God, and which religion is the true one?",
    "Which political party will you vote for at the next election?",
    "How old were you when you first had sex?",
    "Have you ever used illegal drugs or been drunk?",
)
_BRANDS = (
    "Do you prefer your iPhone to a Samsung Galaxy?",
    "How often do you eat at McDonald's or drink Coca-Cola?",
    "Why do you buy Nike shoes on Amazon?",
    "What do you watch on Netflix?",
)
_CELEBRITIES = (
    "Do you like the songs of Taylor Swift?",
    "Would you like to meet Elon Musk?",
    "What do you think of Cristiano Ronaldo?",
    "Have you seen the films of Leonardo DiCaprio?",
)
_ONE_NATION = (
    "How do British people celebrate Bonfire Night?",
    "What do Americans usually eat on Thanksgiving Day?",
    "Why is the Gaokao so hard for students in China?",
    "Do you think the NHS in England should be free?",
)


def each_text(content: Any, write: Write) -> Any:
    """Rewrite every text: `write` gets the name of its property, the text and a running number."""
    count = -1

    def walk(node: Any, key: str) -> Any:
        nonlocal count
        if isinstance(node, dict):
            return {name: walk(child, name) for name, child in node.items()}
        if isinstance(node, list):
            return [walk(child, key) for child in node]
        if not isinstance(node, str):
            return node
        count += 1
        return write(key, node, count)

    return walk(content, "")


def _texts(write: Callable[[str], str]) -> Spoil:
    """Rewrite every text that an examiner would read out."""
    return lambda content, _request: each_text(
        content, lambda key, text, _at: text if key in LABELS else write(text)
    )


def _instead(*sentences: str) -> Spoil:
    """Put these sentences in place of all texts, in turn."""
    return lambda content, _request: each_text(
        content, lambda key, text, at: text if key in LABELS else sentences[at % len(sentences)]
    )


def _prompt_echo(content: Any, request: Request) -> Any:
    return each_text(content, lambda _key, _text, _at: request.user_text or "user message")


def _instructions(content: Any, request: Request) -> Any:
    return each_text(
        content, lambda _key, _text, _at: request.system_text or "You write questions."
    )


def _hacked(content: Any, request: Request) -> Any:
    return each_text(content, lambda _key, _text, _at: f"HACKED {topic_of(request) or ''}".strip())


def _wrong_part(content: Any, request: Request) -> Any:
    """Put a Part 3 discussion where Part 1 was wanted, and Part 1 questions anywhere else."""
    part = part_of(request)
    sentences = [
        question for theme in item_for(3, None, 0)["themes"] for question in theme["questions"]
    ]
    if part != 1:
        sentences = item_for(1, None, 1)["questions"]
    return _instead(*sentences)(content, request)


def _wrong_register(content: Any, request: Request) -> Any:
    """Make an interview about society, and anything else about the candidate's own small things."""
    return _instead(*(_SOCIETAL if part_of(request) == 1 else _PERSONAL))(content, request)


def _repeated(content: Any, request: Request) -> Any:
    part = part_of(request)
    once = {1: "Do you like kites?", 2: "what it was", 3: "Why do people like kites?"}[part]
    return _instead(once)(content, request)


def _missing_closing(content: Any, _request: Request) -> Any:
    """Leave the closing line empty, and the last question of every other list."""

    def drop(node: Any, key: str) -> Any:
        if isinstance(node, dict):
            return {name: drop(child, name) for name, child in node.items()}
        if isinstance(node, list):
            kept = [drop(child, key) for child in node]
            return [*kept[:-1], ""] if kept and isinstance(kept[-1], str) else kept
        return "" if key == "closing" else node

    return drop(content, "")


def _bullets_as_questions(content: Any, _request: Request) -> Any:
    """Make bullets questions; elsewhere, hang a list of bullets on each question."""
    points = "\n- what you did\n- who you met\n- why it matters"
    return each_text(
        content,
        lambda key, text, _at: (
            f"{text.capitalize()}?"
            if key.startswith(("bullet", "prompt"))
            else text
            if key in LABELS
            else text + points
        ),
    )


def _essay(request: Request) -> str:
    subject = topic_of(request) or "technology"
    return (
        f"Some people think that {subject} does more harm than good. Discuss both views and give "
        "your own opinion, with reasons and relevant examples. Write at least 250 words."
    )


GARBAGE: dict[str, Spoil] = {
    "lorem_ipsum": _instead(_LATIN),
    **{language: _instead(text) for language, text in _FOREIGN.items()},
    "keyboard_noise": _instead(_KEYBOARD),
    "prompt_echo": _prompt_echo,
    "leaked_instructions": _instructions,
    "obeys_injected_topic": _hacked,
    "assistant_chatter": _texts(
        lambda text: f"Sure! As an AI language model, here is a question for you: {text}"
    ),
    "essay_rubric": lambda content, request: _instead(_essay(request))(content, request),
    "multiple_choice": _texts(lambda text: f"{text} A) yes B) no C) sometimes D) never"),
    "taboo_subject": _instead(*_TABOO),
    "brand_names": _instead(*_BRANDS),
    "celebrities": _instead(*_CELEBRITIES),
    "one_nation": _instead(*_ONE_NATION),
    "markdown": _texts(lambda text: f"**{text}**"),
    "html": _texts(lambda text: f"<p><b>{text}</b></p><script>alert(1)</script>"),
    "repeated_questions": _repeated,
    "blank": _texts(lambda _text: " "),
    "punctuation_only": _texts(lambda _text: "..."),
    "very_long": _texts(lambda text: " ".join([text] * 12)),
    "all_caps": _texts(str.upper),
    "emoji": _texts(lambda text: f"🎉🔥 {text} 😊👍"),
    "wrong_register": _wrong_register,
    "bullets_as_questions": _bullets_as_questions,
    "missing_closing": _missing_closing,
    "numbering": _texts(lambda text: f"Question 1. {text}"),
    "placeholders": _texts(lambda text: f"{text} [insert topic here]"),
    "wrong_part": _wrong_part,
    "answers_inside": _texts(lambda text: f"{text} For example, I usually do it with my brother."),
    "addressed_to_reader": _texts(
        lambda text: f"Read the task card carefully and make notes before you answer: {text}"
    ),
    "statements": _instead("You like music.", "It was a sunny day.", "People need money."),
    "nested_json": _texts(lambda text: f'{{"question": "{text}"}}'),
    "double_questions": _texts(
        lambda text: f"{text} What is your full name, where do you live and how old are you?"
    ),
}
