"""`mudmai export`: a list as a file from the command line."""

import csv
import json

import pytest
from django.core.management import call_command
from tests.people.town import row, tell

from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_the_registrars_list_is_written_and_stands_in_the_log(somsri, tmp_path, capsys):
    tell(row("มาลี", birth_date="1950-03-15"), row("นอกเขต", area="52010101"))
    out = tmp_path / "people.csv"

    call_command("export", "persons", out=out, user="somsri", purpose="planning", json=True)

    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert json.loads(capsys.readouterr().out)["rows"] == 1
    assert [(each["ชื่อตัว"], each["วันเกิด"]) for each in rows] == [("มาลี", "15/03/2493")]
    assert Entry.objects.get(action="people.exported").purpose == "planning"


def test_a_volunteer_may_not_export(noi, tmp_path):
    with pytest.raises(NotAllowed):
        call_command("export", "persons", out=tmp_path / "x.csv", user="noi", purpose="planning")
