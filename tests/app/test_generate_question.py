from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app.service import Service

pytestmark = pytest.mark.smoke


def test_part_1_has_four_questions_on_a_topic(service: Service) -> None:
    data = service.ask(part=1).json()["data"]

    assert data["part"] == 1
    assert len(data["questions"]) == 4
    assert all(question in data["question"] for question in data["questions"])


def test_part_2_has_a_cue_card_and_rounding_off_questions(service: Service) -> None:
    data = service.ask(part=2).json()["data"]

    card = data["cue_card"]
    assert card["describe"].startswith("Describe ")
    assert len(card["bullets"]) == 3
    assert card["closing"].startswith("and explain ")
    assert len(data["rounding_off"]) in (1, 2)
    assert "You should say:" in data["question"]


def test_part_3_has_two_themes_of_three_questions(service: Service) -> None:
    data = service.ask(part=3).json()["data"]

    assert [len(theme["questions"]) for theme in data["themes"]] == [3, 3]
    assert all(theme["questions"][0] in data["question"] for theme in data["themes"])


def test_an_empty_body_asks_for_part_2_of_any_topic(service: Service) -> None:
    answer = service.post("generate-question")

    assert answer.status_code == 200
    assert answer.json()["data"]["part"] == 2
    assert answer.json()["data"]["topic"]


def test_get_takes_part_and_topic_from_the_query(service: Service) -> None:
    answer = service.get("generate-question", params={"part": 1, "topic": "cooking"})

    assert answer.status_code == 200
    assert answer.json()["data"]["part"] == 1


def test_get_without_a_query_asks_for_part_2(service: Service) -> None:
    assert service.get("generate-question").json()["data"]["part"] == 2


def test_3000_characters_to_be_avoided_are_taken(service: Service) -> None:
    assert service.ask(avoid=["x" * 100] * 30).status_code == 200


def test_charset_and_case_of_the_media_type_do_not_matter(service: Service) -> None:
    answer = service.post(
        "generate-question",
        content=b'{"part": 1}',
        headers={"Content-Type": "Application/JSON; charset=UTF-8"},
    )

    assert answer.status_code == 200


def test_meta_says_where_the_question_came_from(service: Service) -> None:
    meta = service.ask(part=2).json()["meta"]

    assert meta["source"] in ("model", "bank")
    assert ("model" in meta) == (meta["source"] == "model")


def test_several_items_are_all_different(service: Service) -> None:
    data = service.ask(part=2, count=5).json()["data"]

    assert len({item["cue_card"]["describe"] for item in data["items"]}) == 5
    assert data["question"] == data["items"][0]["question"]


def test_a_candidate_does_not_see_what_the_answer_took(service: Service) -> None:
    meta = service.ask(part=2).json()["meta"]

    assert not meta.keys() & {"attempts", "deployment", "wait_ms"}
