"""The ten lists: which there are, what each means, on what day it was true."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import TAMBON, TAMBON_CODE
from mudmai.site.demo.files.allowance import write_allowance_payees
from mudmai.site.demo.files.bedridden import bedridden_on, write_bedridden
from mudmai.site.demo.files.child_grant import write_child_grant
from mudmai.site.demo.files.civil import write_civil_register
from mudmai.site.demo.files.civil_newer import write_newer_civil_register
from mudmai.site.demo.files.disability import disability_register_on, write_disability_register
from mudmai.site.demo.files.long_term_care import write_long_term_care
from mudmai.site.demo.files.survey import survey_on, write_survey
from mudmai.site.demo.files.survey_of_households import household_survey_on, write_household_survey
from mudmai.site.demo.files.tpmap import tpmap_on, write_tpmap
from mudmai.site.demo.town import Town
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import MONTHS_SHORT, buddhist

Writer = Callable[[Town, Path, Truth, Random], None]


@dataclass(frozen=True)
class DemoFile:
    """One list as an officer would import it."""

    path: Path
    kind: str  # a [kind.*] of people/rules/catalogue.toml
    as_of: date
    area_code: str = TAMBON_CODE


def write_files(town: Town, folder: Path, truth: Truth, *, seed: int) -> list[DemoFile]:
    """Write the ten lists in the order in which they are to be imported."""
    files = []
    for number, (name, kind, as_of, writer) in enumerate(_lists(town), 1):
        path = folder / f"{number}_{name}"
        # A source of its own for each list: one that changes leaves the others as they were.
        writer(town, path, truth, Random(f"{kind} {number} {seed}"))
        files.append(DemoFile(path, kind, as_of))
    return files


def _lists(town: Town) -> list[tuple[str, str, date, Writer]]:
    older, newer = town.register_on, town.newer_register_on
    month = MONTHS_SHORT[newer.month - 1].replace(".", "")
    year = buddhist(newer)
    return [
        (f"ทะเบียนราษฎร_{TAMBON}_{buddhist(older)}.xlsx", "civil_register", older, write_civil_register),
        ("ทะเบียนคนพิการ.xls", "disability_register", disability_register_on(town), write_disability_register),
        (f"บัญชีเบี้ยยังชีพผู้สูงอายุ_{month}{year}.xlsx", "old_age_payees", newer, write_allowance_payees),
        (f"TPMAP_{TAMBON}.csv", "tpmap", tpmap_on(town), write_tpmap),
        ("ผู้ป่วยติดเตียง_รพสต.xlsx", "bedridden_list", bedridden_on(town), write_bedridden),
        ("สำรวจ_อสม_พิกัด.csv", "volunteer_survey", survey_on(town), write_survey),
        (f"ทะเบียนราษฎร_{TAMBON}_{year}.xlsx", "civil_register", newer, write_newer_civil_register),
        (f"จปฐ_{TAMBON}_{year}.xlsx", "bmn_survey", household_survey_on(town), write_household_survey),
        (f"บัญชีเงินอุดหนุนเด็กแรกเกิด_{month}{year}.xlsx", "child_grant_payees", newer, write_child_grant),
        (f"กปท_ผู้มีภาวะพึ่งพิง_{year}.xlsx", "ltc_list", newer, write_long_term_care),
    ]
