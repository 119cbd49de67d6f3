"""Plain Splink on the sets of `benchmarks.febrl`: comparisons, training and clusters as in its examples."""

import logging
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

from benchmarks.public_sets import Rows, across, together

TAKEN = 0.5  # pairs more likely than not are taken


def australian() -> dict[str, Any]:
    return {
        "comparisons": [
            cl.NameComparison("given").configure(term_frequency_adjustments=True),
            cl.NameComparison("family").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("ssn", [1, 2]),
            cl.ExactMatch("number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("street", [0.9]),
            cl.JaroWinklerAtThresholds("suburb", [0.9]),
        ],
        "blocks": [("ssn",), ("given", "family"), ("birth",), ("family", "postcode"), ("given", "postcode")],
        "sure": [("ssn",), ("given", "family", "birth")],
        "learn": [("birth",), ("postcode",)],
    }


def briton() -> dict[str, Any]:
    return {
        "comparisons": [
            cl.NameComparison("given"),
            cl.NameComparison("family"),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        "blocks": [("given", "city"), ("family",), ("birth",), ("email",)],
        "sure": [("given", "birth"), ("email",)],
        "learn": [("given", "family"), ("birth",)],
    }


def linked(rows: Rows, name: str) -> set[tuple[int, int]]:
    """The pairs that plain Splink takes; where one list is searched for duplicates, all that are in one cluster."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    told = briton() if name == "fake_1000" else australian()
    whole = rows.asked == len(rows.keys)
    table = pa.table({"unique_id": list(range(len(rows.keys)))} | rows.columns)
    parts = [table] if whole else [table.slice(0, rows.asked), table.slice(rows.asked)]
    api = DuckDBAPI()
    tables = [api.register(part, dataset_display_name=name) for part, name in zip(parts, "ab", strict=False)]
    settings = SettingsCreator(
        link_type="dedupe_only" if whole else "link_only",
        comparisons=told["comparisons"],
        blocking_rules_to_generate_predictions=[block_on(*block) for block in told["blocks"]],
    )
    linker = Linker(tables, settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on(*each) for each in told["sure"]], recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    for each in told["learn"]:
        training.estimate_parameters_using_expectation_maximisation(block_on(*each))
    found = linker.inference.predict(threshold_match_probability=TAKEN)
    if not whole:
        return across(rows, found.as_duckdbpyrelation().project("unique_id_l, unique_id_r").fetchall())
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=TAKEN)
    return together(rows, clusters.as_duckdbpyrelation().project("unique_id, cluster_id").fetchall())
