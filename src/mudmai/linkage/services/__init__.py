"""Actions of linkage: the door for every other module."""

from mudmai.linkage.rules.subjects import Candidate, Match, Subject
from mudmai.linkage.services.asking import HousePair, ask, ask_about_houses
from mudmai.linkage.services.bulk import Answered, NothingTicked, NotObvious, TooMany, answer_alike, undo_alike
from mudmai.linkage.services.deciding import KeptApart
from mudmai.linkage.services.doubts import Checked, check_batch, check_persons
from mudmai.linkage.services.houses import alike_houses, ask_about_alike_houses
from mudmai.linkage.services.inquiries import (
    NoSuchVolunteer,
    NotAsked,
    NoteMissing,
    inquire,
    recall,
    take_reply,
    take_word,
)
from mudmai.linkage.services.matching import link
from mudmai.linkage.services.review import (
    AlreadyAnswered,
    Answer,
    NoSuchAnswer,
    NothingToUndo,
    answer,
    answers_to,
    undo,
)
from mudmai.linkage.services.scores import tally_scores
from mudmai.linkage.services.second import (
    BadShare,
    NothingToLookAt,
    OwnAnswer,
    SecondVerdict,
    look_again,
    set_share,
    settle,
)
from mudmai.linkage.services.single import match_household, match_one
from mudmai.linkage.services.taking_back import NotADecisionOfThisKind, put_back, take_back
from mudmai.linkage.services.training import TooFewPairs, enough, train
from mudmai.linkage.services.weights import InUseAlready, model_in_use, model_of, put_to_use

__all__ = [
    "AlreadyAnswered",
    "Answer",
    "Answered",
    "BadShare",
    "Candidate",
    "Checked",
    "HousePair",
    "InUseAlready",
    "KeptApart",
    "Match",
    "NoSuchAnswer",
    "NoSuchVolunteer",
    "NotADecisionOfThisKind",
    "NotAsked",
    "NotObvious",
    "NoteMissing",
    "NothingTicked",
    "NothingToLookAt",
    "NothingToUndo",
    "OwnAnswer",
    "SecondVerdict",
    "Subject",
    "TooFewPairs",
    "TooMany",
    "alike_houses",
    "answer",
    "answer_alike",
    "answers_to",
    "ask",
    "ask_about_alike_houses",
    "ask_about_houses",
    "check_batch",
    "check_persons",
    "enough",
    "inquire",
    "link",
    "look_again",
    "match_household",
    "match_one",
    "model_in_use",
    "model_of",
    "put_back",
    "put_to_use",
    "recall",
    "set_share",
    "settle",
    "take_back",
    "take_reply",
    "take_word",
    "tally_scores",
    "train",
    "undo",
    "undo_alike",
]
