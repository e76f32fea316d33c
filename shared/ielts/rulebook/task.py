"""Rules against other kinds of task: essays, tests of knowledge, choices, role play, hints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import starts_like_a_question
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    QUESTIONS,
    Severity,
    any_of,
    text_rule,
    wording_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

wording_rule(
    "essay-rubric",
    REJECT,
    EVERYWHERE,
    "The instruction of a written essay.",
    patterns=[
        r"discuss both|(?:and|,|then) discuss (?:whether|how|why|your|the (?:advantages|causes|extent|impact|reasons|effects|pros))\b.*",
        r"both (?:these |of these |those |opposing )?(?:views|opinions|viewpoints|points of view|arguments|perspectives)",
        r"give (?:specific |clear |your )?reasons|(?:give|state|provide|express|present|including|include) (?:us )?your (?:own |clear |personal )*(?:opinions?|views?|reasons|position)(?! when| to | at )",
        r"(?:reasons|evidence|examples) (?:for|to support|in) your (?:\w+ )?(?:answer|opinion|view|position|argument|response)s?",
        r"(?:relevant|specific|appropriate|concrete) (?:examples?|details|evidence|reasons)|examples from your (?:own )?(?:knowledge|experience|life)",
        r"your own (?:knowledge|opinion|views?)|(?:knowledge (?:and|or) experience)",
        r"to what extent do you (?:personally )?(?:dis)?(?:agree|support|think this|believe this|share)|how far do you (?:dis)?agree|to what extent is this",
        r"(?:agree or disagree|agree|disagree) with (?:this|the|the following|that) (?:statement|proposition|assertion|quotation)|do you agree or disagree with this",
        r"(?:is|was) (?:this|it|that)(?: \w+)?(?: an?)? (?:overall )?(?:positive or (?:a )?negative|negative or (?:a )?positive)\b.*|(?:positive|negative) development",
        r"(?:advantages|benefits|drawbacks|disadvantages) of (?:this|these|such a?)\b(?: \w+){0,3} out ?weigh\w*",
        r"(?:at least|no (?:less|more|fewer) than|minimum of|maximum of|approximately|about|around|under) \d{2,4} words|\d{2,4}.words?|word (?:count|limit)|in \d+ words",
        r"^write\b.*|write (?:an essay|a paragraph|about the following|a letter to the editor|a report)|(?:your|an|this|the|short|argumentative|opinion) essay|thesis statement|spend (?:about )?\d+ minutes",
        r"(?:the following|above) (?:topic|statement|essay|question|graph|chart|table|diagram|passage|text|quotation|extract|issue|proposition|task|points?)s?",
        r"(?:support|justify|back up|illustrate|elaborate on|defend|explain) your (?:answer|opinion|views?|position|argument|response|point|reasoning|choice|ideas?|reasons)(?: of view)?s?",
        r"compare and contrast|critically (?:\w+)|with reference to|for and against|pros and cons of (?:this|each)|draw(?:ing)? (?:a )?conclusions?|in conclusion",
    ],
    reason="{found!r} belongs to a writing task. Ask one question to be answered by speaking.",
)
_ESSAY_START = any_of(
    [r"^(?:discuss|evaluate|analy[sz]e|assess|justify|outline|summari[sz]e|argue|examine|critically|write|elaborate|illustrate|debate|investigate|define|list|identify|state|comment on|consider|explore|give|provide|explain|propose|suggest)"]
)  # fmt: skip


@text_rule("essay-imperative", REJECT, QUESTIONS)
def essay_imperative(text: Reading) -> str | None:
    """A sentence that orders an essay: discuss, evaluate, write."""
    if match := _ESSAY_START.search(text.lower):
        return f"Examiners ask; they do not say {match[0].strip()!r}. Put it as a question."
    return None


_ESSAY_QUESTION = any_of(
    [r"out ?weigh\w*|what (?:are|do you think are|is) the (?:main |possible )?(?:reasons?|causes?|effects|consequences|advantages|benefits|problems|solutions)|what (?:problems|measures|solutions|steps|factors)"
     r"|how (?:can|could|should|might) (?:this|these|it|they)\b|why is this (?:the case|happening)|(?:agree or disagree)|to what extent|what can (?:be done|governments)|your (?:own )?opinion|positive or negative|do you (?:support|agree with) this"]
)  # fmt: skip


@text_rule("essay-prompt", REJECT, QUESTIONS)
def essay_prompt(text: Reading) -> str | None:
    """A paragraph of statements before the question, as essay tasks have it."""
    statements = [
        sentence
        for sentence in text.sentences
        if not sentence.endswith("?") and not starts_like_a_question(sentence)
    ]
    said = sum(len(sentence.split()) for sentence in statements)
    if said > 24 or (len(statements) > 1 and said > 16):  # noqa: PLR2004 - examiners: one short claim
        return "Statements take up most of this. Keep at most one short claim, then ask."
    if said > 9 and len(text.words) > 21 and _ESSAY_QUESTION.search(text.lower):  # noqa: PLR2004
        return "This is built like an essay task. Keep at most one short claim, then ask."
    return None


_LETTERED = re.compile(
    r"(?<![\w'])\(?a\s?[).:]\s*\S.*?(?<![\w'])\(?b\s?[).:]\s*\S|(?<![\w'])\(?1\s?[).:]\s*\S.*?(?<![\w'])\(?2\s?[).:]\s*\S"
    r"|(?<![\w'])\(?i\s?[).]\s.*?(?<![\w'])\(?ii\s?[).]|(?<!\w)a\s?[-/=]\s?\w+.{0,40}(?<!\w)b\s?[-/=]\s?\w+",
    re.IGNORECASE | re.DOTALL,
)
_SLASHED = re.compile(r"(?:[\w' -]+\s?[/|;]\s?){3,}[\w' -]+")


@text_rule("multiple-choice", REJECT, EVERYWHERE)
def multiple_choice(text: Reading) -> str | None:
    """Lettered or listed options to choose from."""
    if _LETTERED.search(text.plain) or _SLASHED.search(text.body):
        return "These are options to tick. Ask an open question instead."
    return None


wording_rule(
    "quiz-instruction",
    REJECT,
    EVERYWHERE,
    "An instruction of a quiz or questionnaire: choose, rate, rank, fill in.",
    patterns=[
        r"^(?:choose|select|pick|tick|circle|underline|match|mark|rate|rank|score|complete|fill|order|arrange|decide|click|press)\b.*(?<!\?)",
        r"(?:choose|select|pick|tick|circle|underline) (?:the (?:correct|best|right|most appropriate)|one (?:of|option|answer|from)|all that apply|an? (?:option|answer)|from (?:the following|these options|below)|your answer|[a-d] or [a-d])",
        r"which (?:one )?of (?:the following|these (?:options|answers|statements)|the (?:options|statements|answers))|the following",
        r"(?:all|none|both|any) of the above|(?:option|answer) [a-d1-4]\b.*|options? ?:.*|correct (?:answer|option)|true or false|true/false|(?:answer|say) yes or no|yes/no|^yes or no\b.*",
        r"(?:rate|rank|score)\b.{0,50}\b(?:1|one|0|zero|from|scale|order|out of)\b.*|(?:on|using) a scale.*|fill in|complete the (?:sentence|gap|blank|following)|in the blank",
        r"strongly (?:agree|disagree)|multiple.choice|answer (?:key|options|choices)|tick (?:the|one)",
    ],
    reason="{found!r} belongs to a quiz. Ask an open question instead.",
)
wording_rule(
    "addressed-to-reader",
    REJECT,
    EVERYWHERE,
    "Words to the candidate about the task.",
    patterns=[
        r"^(?:now,? |here,? )?you (?:should|must|will|need to|have to|are required to|are asked to|are expected to|may|can|could|might|'ll)\b(?! say\W*$).*(?<!\?)",
        r"you (?:should|must|will|need to|have to|'ll) (?:talk|speak)(?: about (?:it|this|the topic))? for\b.*|you should (?:mention|include|cover)\b.*(?<!\?)",
        r"(?:you have|you will have|you'll have|take|within) (?:about |up to |at least )?(?:\d+|one|two|three|one to two|one or two|1-2|a few|a) (?:minutes?|seconds?)(?: to (?:talk|speak|prepare|think|answer|plan|make|respond|describe|discuss|tell)\b.*|\W*$)",
        r"(?:talk|speak)(?: about (?:it|this|the topic))? for (?:about |up to |at least )?(?:\d|one|two|1-2|a minute)\b.*|(?:answer|respond) in (?:one|two|full|complete|\d)\b.*",
        r"in your (?:answer|response|reply|talk|speech|monologue|presentation)|(?:your|the) (?:answer|response|talk) (?:should|must|will|needs)|when (?:answering|responding)|before (?:you answer|answering)",
        r"^(?:imagine|suppose|picture|let's (?:pretend|imagine)|put yourself|assume|visuali[sz]e|close your eyes)\b.*|role.?play.*|imagine (?:that )?you(?:'re| are| have| were)\b.*",
        r"^(?:remember to|make sure|be sure|try to|don't forget|do not forget|feel free|be prepared|take care|aim|think about|think of|note that|focus on|concentrate on|reflect on|keep in mind|bear in mind|do not|avoid|start by|begin by|speak|prepare|take|spend|look at|listen|read|answer|respond|study)\b.*(?<!\?)",
        r"(?:use|using) (?:full|complete|a (?:wide )?range|advanced|appropriate|linking)\b.*(?:sentences?|vocabulary|tense|words?|language|grammar|structures?|phrases)|full sentences?|in your own words|in no more than",
        r"^please\b.*|^(?:dear|hello|hi|good morning|good afternoon|welcome|thank you|thanks)\b.*",
    ],
    reason="{found!r} speaks to the candidate about the task. Ask about the subject only.",
)
wording_rule(
    "hint-or-answer",
    REJECT,
    EVERYWHERE,
    "A hint, a sample answer or a note for the teacher.",
    patterns=[
        r"^(?:hints?|tips?|notes?|answers?|suggestions?|(?:useful )?vocabulary|useful (?:words|phrases|language)|key ?words|ideas?|possible (?:answers?|points)|explanation|translation|topic|theme|level|difficulty|category|follow-up|questions?|example|examples)\s*\d?\s*[:=].*",
        r"(?:sample|model|possible|suggested|expected|example|typical|ideal) (?:answers?|responses?)|for (?:instance|example),? you (?:could|can|might)\b.*",
        r"^(?:hint|tip|note|optional|answer|remember|personal|probe|opinion|for example|for instance|such as|e\.g)\b[^?]*(?<=[).])|\((?:hint|tip|note|optional|answer|example|ideas?|think|consider|remember|probe|personal|opinion)\b.*",
        r"^(?:well|personally|yes|no|actually|honestly)?,? ?(?:i (?:think|believe|would|really|usually|like|love|prefer|enjoy|personally|live|work|study|am|was|have|had|went|often|always|never|do|don't|can|want)|in my (?:opinion|view|case|hometown|country|free time)|my (?:favou?rite|hometown|family|best friend|mother|father|hobby|job))\b.*",
    ],
    reason="{found!r} is a hint or an answer. Leave it out: the candidate answers.",
)
wording_rule(
    "knowledge-quiz",
    REJECT,
    QUESTIONS,
    "A test of knowledge: the exam asks for experience and opinion, never for facts.",
    patterns=[
        r"what(?:'s| is| was| are) the (?:capital(?: city)?|population|square root|chemical|formula|definition|boiling|past tense|plural|synonym|antonym|atomic|speed) ?(?:of|in|for|symbol|point|number)\b.*",
        r"(?:largest|longest|tallest|highest|smallest|fastest|deepest|oldest) (?:\w+ )?(?:in the world|on earth|in the solar system|planet|ocean|continent|mammal)",
        r"who (?:invented|discovered|wrote|painted|founded|composed|is the (?:current|author|president|ceo|founder|inventor)|was the first (?:\w+ )?(?:to (?:walk|fly|reach|climb|land|set)|on|in))\b.*",
        r"(?:what|how much) is \d+\s*\S+\s*\d+.*|\d+\s*[+*x\u00d7=]\s*\d+|(?:what|which) (?:planet|element|continent|ocean)\b.*|in (?:what|which) year\b(?!.*\byou\b).*",
        r"how many (?:\w+ )?(?:are|is) (?:there )?in (?:a|an|the) (?:week|year|world|human|solar|day|century|universe|dozen|kilomet\w+)\b.*",
        r"when (?:was|were|did) (?!you)(?:\w+ ){1,4}(?:invented|discovered|founded|signed|established)(?=\W*$)",
        r"^(?:solve|calculate|translate|spell|conjugate|name (?:the|three|two|five|\d))\b.*",
        r"photosynthesis|mitochondria|pythagor\w+|quantum (?:\w+)|theory of relativity|derivative of|integral of|equations?|blockchain|cryptocurrenc\w+|thermodynamic\w*|(?:in|using) python",
    ],
    reason="{found!r} tests knowledge. Ask about the candidate's life or views.",
)
wording_rule(
    "giveaway-phrase",
    WARN,
    QUESTIONS,
    "A phrase that machine-written questions use far more often than examiners do.",
    patterns=[
        r"to what extent|plays? (?:a|an) (?:\w+ )?role|in today's (?:\w+ )?(?:world|society|age)|foster|leverage|holistic|multifaceted|ever-(?:changing|evolving)|fast-paced|impacts? of|contributes? to|navigate|individuals",
    ],
    reason="{found!r} sounds machine-written. Say it in plainer words.",
)
