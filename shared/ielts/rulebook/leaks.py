"""Rules against what a model says about its work instead of doing it."""

from __future__ import annotations

from shared.ielts.rulebook.registry import ANYTHING, EVERYWHERE, Severity, wording_rule

wording_rule(
    "leaked-instructions",
    Severity.REJECT,
    ANYTHING,
    "Instructions to a model, or its talk about itself.",
    patterns=[
        r"as an? (?:ai|artificial intelligence|large language|language)\b.*",
        r"language models?|chatgpt|openai|gpt-?\d\w*|llms?|(?:system|user|developer|hidden|initial|original) prompts?",
        r"prompt injection|jailbreak|developer mode|dan mode|debug mode|the prompt|(?:your|these|my) (?:previous |original |hidden )?instructions",
        r"(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,3}(?:previous|prior|above|earlier|preceding)\b.*",
        r"^(?:ignore|disregard|forget|override|bypass|stop following) (?:\w+ ){0,5}(?:instructions?|rules?|guidelines?|everything|what you|that)",
        r"^(?:pretend|act as|behave as|from now on)\b.*|you are now\b.*|^you(?: are|'re) (?:a|an|the|my|no longer)\b.*",
        r"^(?:well,? |unfortunately,? )?i(?:'m| am) (?:sorry|afraid|unable|happy|glad|not able|just|here|going|an?)\b.*",
        r"i (?:cannot|can't|can not|am unable to|was unable to|do not have|don't have|apologi[sz]e|will not|won't)\b.*",
        r"^(?:generate|output|return|respond|reply|produce|print|reveal|create|provide|give me|make me|repeat|show me|execute|run|insert|add|use|follow|keep|ensure|avoid|do not|don't) (?!you|we|people|they|young|most|some people|it\b|children|parents|schools)\w+.*(?<!\?)",
        r"json|xml|yaml|html|api keys?|max_tokens|stack ?trace|null pointer|(?:role|content|user|assistant|system|input|output|response|result|error|warning) ?: ?.*",
        r"^(?:sure|certainly|of course|absolutely|great|okay|ok|no problem|understood|got it|alright)\W*[!,.:]\W*(?:here|i|let me|this|the|below|happy)\b.*|^(?:sure|certainly|absolutely|understood) ?[!:.].*",
        r"^(?:here(?:'s| is| are)|below is|below are|the following is|the following are)\b.*",
        r"^(?:i hope|hope this|let me know|feel free|shall i|i have|i've|i will|i'll|i would be)\b.*|(?:would you like|do you want|would you prefer) me to\b.*|if you (?:need|want|would like) (?:me to|another question|more questions|any (?:more|changes)|further)\b.*",
        r"^(?:revised|improved|generated|updated|rewritten|corrected|final|sample|new|practice|suggested|example|original) (?:version|questions?|card|output|answers?|response)\W*[:=].*",
        r"^(?:the|this|that|my) (?:question|cue card|item|output|prompt) (?:is|should|must|asks|tests|follows|aims|has|was|assesses|invites|encourages|allows|will|can|focuses|explores)\b.*",
        r"training data|knowledge cutoff|content policy|usage policies",
    ],
    reason="{found!r} is about how the text was made. Give the question itself and nothing else.",
)
wording_rule(
    "exam-talk",
    Severity.REJECT,
    EVERYWHERE,
    "The exam, its parts, its marks or its people, instead of a subject.",
    patterns=[
        r"ielts|toefl|toeic|band (?:score )?\d(?:\.\d)?|band scores?|speaking (?:test|task|part|exam|section)|writing (?:test|task|section)|cue ?cards?|task [12]",
        r"part [1-3]|^part (?:one|two|three)|^section \w|^(?:the )?candidates? (?:should|must|will|can|has|have|is|are)\b.*|test.?takers?|the examiner|^examiner.*",
        r"fluency and coherence|lexical resource|grammatical range|follow.?up questions?|rounding.?off|warm.?up questions?|(?:academic|general) training",
    ],
    reason="{found!r} is about the exam. Ask about the subject only.",
)
