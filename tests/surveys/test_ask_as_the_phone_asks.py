"""Expressions of forms answered on the server as the phone's engine answers them.

The answers were given by @getodk/xforms-engine 0.22.0 for the same form and the same submission (in Asia/Bangkok).
"""

from xml.sax.saxutils import quoteattr

import pytest

from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.xform import Group, XForm

from .filling import TODAY

ANSWERS: Group = {
    "n": "7",
    "s": "Somsri",
    "d": "1950-03-15",
    "dt": "2026-11-20T14:05:09.120+07:00",
    "one": "a",
    "multi": "a c",
    "phone": "0812345678",
    "region": "ne",
    "cid": "1101700207030",
    "shape": "13.7 100.5 0 0;13.8 100.5 0 0;13.8 100.6 0 0;13.7 100.6 0 0;13.7 100.5 0 0",
    "rep": [
        {"name": "ก", "age": "12", "city": "kk"},
        {"name": "ข", "age": "45", "city": "cm"},
        {"name": "ค", "age": "33", "city": "ub"},
    ],
}
# How forms check a Thai citizen id: each digit by its weight.
CHECK_SUM = "(" + " + ".join(f"number(substr(/data/cid,{at},{at + 1}))*{13 - at}" for at in range(12)) + ")"
ASKED = [
    ("selected(/data/multi, 'a')", "true"),
    ("count-selected(/data/multi)", "2"),
    ("selected-at(/data/multi, 1)", "c"),
    ("selected-at(/data/multi, 9)", ""),
    ("jr:choice-name(/data/one, '/data/one')", "A label"),
    ("jr:choice-name('b', ' /data/one ')", "B label"),
    ("jr:itext('t1')", "ข้อความ"),
    ("if(/data/n > 3, 'big', 'small')", "big"),
    ("if(/data/blank, 'yes', 'no')", "yes"),
    ("coalesce(/data/blank, 'x')", "x"),
    ("coalesce(/data/s, 'x')", "Somsri"),
    ("regex(/data/s, '^[A-Za-z ]+$')", "true"),
    ("regex(/data/phone, '^0\\d{8,9}$')", "true"),
    ("regex('2020', '[0-9]{4}')", "true"),
    ("date('2020-01-05')", "2020-01-05"),
    ("date('2020-1-5')", "2020-01-05"),
    ("format-date(/data/d, '%Y-%m-%d %y %n %e')", "1950-03-15 50 3 15"),
    ("format-date(/data/d, '%b %a')", "Mar Wed"),
    ("format-date-time(/data/dt, '%Y/%m/%d %H:%M:%S %h %3')", "2026/11/20 14:05:09 14 120"),
    ("format-date(/data/blank, '%Y')", ""),
    ("decimal-date-time('2020-01-05')", "18265.708333333332"),
    ("decimal-date-time(/data/d)", "-7232.291666666667"),
    ("decimal-date-time(/data/dt)", "20777.295244444445"),
    ("decimal-time('06:00:00.000+07:00')", "0.25"),
    ("decimal-time('18:30:00')", "0.7708333333333334"),
    ("int((decimal-date-time('2026-11-20') - decimal-date-time(/data/d)) div 365.25)", "76"),
    ("int((date('2026-11-20') - /data/d) div 365.25)", "76"),
    ("/data/d > date('1940-01-01')", "true"),
    ("/data/d = '1950-03-15'", "true"),
    ("/data/d - date('1950-03-01')", "14"),
    ("date(/data/d + 30)", "1950-04-14"),
    ("date(18000)", "2019-04-14T07:00:00.000+07:00"),
    ("int(3.9)", "3"),
    ("int(-3.9)", "-3"),
    ("int('x')", ""),
    ("round(2.5)", "3"),
    ("round(-2.5)", "-3"),
    ("round(3.14159, 2)", "3.14"),
    ("round(1234.5, -2)", "1200"),
    ("pow(2, 10)", "1024"),
    ("exp(1)", "2.718281828459045"),
    ("exp10(2)", "100"),
    ("log(10)", "2.302585092994046"),
    ("log10(1000)", "3"),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", ""),
    ("sin(1)", "0.8414709848078965"),
    ("cos(1)", "0.5403023058681398"),
    ("tan(1)", "1.5574077246549023"),
    ("asin(0.5)", "0.5235987755982989"),
    ("acos(0.5)", "1.0471975511965979"),
    ("atan(1)", "0.7853981633974483"),
    ("atan2(1, 2)", "0.4636476090008061"),
    ("pi()", "3.141592653589793"),
    ("abs(-4)", "4"),
    ("floor(-1.2)", "-2"),
    ("ceiling(1.2)", "2"),
    ("min(3, 1, 2)", "1"),
    ("max(3, 1, 2)", "3"),
    ("min(/data/rep/age)", "12"),
    ("max(/data/rep/age)", "45"),
    ("max(/data/norep)", ""),
    ("sum(/data/rep/age)", "90"),
    ("sum(/data/norep)", ""),
    ("count(/data/rep)", "3"),
    ("count(/data/rep[age > 20])", "2"),
    ("count(/data/rep[./age > 20]/age)", "2"),
    ("count-non-empty(/data/rep/name)", "3"),
    ("checklist(1, 2, /data/n > 3, /data/n > 10, false())", "true"),
    ("checklist(-1, 2, true(), true())", "true"),
    ("weighted-checklist(2, 5, /data/n > 3, 3, true(), 1)", "true"),
    ("string-length(/data/s)", "6"),
    ("string-length('สมศรี')", "5"),
    ("substr('abcdef', 1, 3)", "bc"),
    ("substr('abcdef', -2)", "ef"),
    ("substr('abcdef', 2)", "cdef"),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring-before('1999/04/01', '/')", "1999"),
    ("substring-after('1999/04/01', '/')", "04/01"),
    ("contains(/data/s, 'Som')", "true"),
    ("starts-with(/data/s, 'Som')", "true"),
    ("ends-with(/data/s, 'i')", "true"),
    ("normalize-space('  a   b ')", "a b"),
    ("translate('abcabc', 'ab', 'x')", "xcxc"),
    ("translate('0-12-3', '-', '')", "0123"),
    ("concat('a', 1, true(), /data/rep/name)", "a1trueกขค"),
    ("concat('x')", "x"),
    ("join(', ', /data/rep/name)", "ก, ข, ค"),
    ("join('-', 'a', 'b', 3)", "a-b-3"),
    ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
    ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("digest('abc', 'SHA-256', 'base64')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    ("base64-decode('aGVsbG8=')", "hello"),
    ("boolean-from-string('true')", "true"),
    ("boolean-from-string('yes')", "false"),
    ("boolean(/data/blank)", "true"),
    ("not(/data/n = 7)", "false"),
    ("true() and false()", "false"),
    ("1 div 0", "Infinity"),
    ("0 div 0", ""),
    ("-1 div 0", "-Infinity"),
    ("7 mod 3", "1"),
    ("-7 mod 3", "-1"),
    ("5.5 mod 2", "1.5"),
    ("0.1 + 0.2", "0.30000000000000004"),
    ("1 + 2 * 3 - 4 div 2", "5"),
    ("-(3)", "-3"),
    ("- /data/n", "-7"),
    ("10 div 4", "2.5"),
    ("1000000 * 1000000", "1000000000000"),
    ("1 div 3", "0.3333333333333333"),
    ("1 div 100000", "0.00001"),
    ("/data/n + /data/blank", ""),
    ("/data/n = 7", "true"),
    ("/data/n = '7'", "true"),
    ("/data/s != 'x'", "true"),
    ("/data/rep/age > 30", "true"),
    ("/data/rep/age = 12", "true"),
    ("not(/data/rep/age = 99)", "true"),
    ("number('12')", "12"),
    ("number('abc')", ""),
    ("number('')", ""),
    ("number(true())", "1"),
    ("number('2020-01-05')", "18265"),
    ("number(date('2020-01-05'))", "2020-01-05"),
    ("string(1.0)", "1"),
    ("string(0.5)", "0.5"),
    ("string(1 = 1)", "true"),
    ("instance('cities')/root/item[name = 'kk']/label", "Khon Kaen"),
    ("instance('cities')/root/item[region = /data/region]/name", "kk"),
    ("count(instance('cities')/root/item[region = /data/region])", "2"),
    ("instance('cities')/root/item[region = /data/region and name != 'kk']/label", "Ubon"),
    ("instance('cities')/root/item[2]/label", "Ubon"),
    ("instance('cities')/root/item[position() = 3]/label", "Chiang Mai"),
    ("instance('cities')/root/item[last()]/label", "Chiang Mai"),
    ("indexed-repeat(/data/rep/name, /data/rep, 2)", "ข"),
    ("/data/rep[2]/name", "ข"),
    ("/data/rep[position() = 1]/age", "12"),
    ("area(/data/shape)", "120367579.47"),
    ("distance(/data/shape)", "43889.5"),
    ("distance('13.7 100.5 0 0', '13.8 100.6 0 0')", "15518.92"),
    ("geofence('13.75 100.55 0 0', /data/shape)", "true"),
    ("geofence('14.75 100.55 0 0', /data/shape)", "false"),
    ("position(/data/rep[2])", "2"),
    ("name(/data/rep[2]/age)", "age"),
    ("once('fixed')", "fixed"),
    ("string(/data/n * 2) = '14'", "true"),
    ("/data/n >= 7 or /data/n < 3", "true"),
    ("selected(/data/multi, /data/one)", "true"),
    ("(/data/n + 1) * 2", "16"),
    ("concat(/data/d, ' ', /data/n)", "1950-03-15 7"),
    ("format-date('2026-11-20', '%d/%m/')", "20/11/"),
    ("string(number(format-date('2026-11-20', '%Y')) + 543)", "2569"),
    ("if(/data/sel != '', 1, 0) + if(/data/multi != '', 1, 0)", "1"),
    ("../n", "7"),
    ("../rep[../n = 7]/name", "ก"),
    ("/data/*[1]", "7"),
    (f"if(string-length(/data/cid) = 13, (11 - ({CHECK_SUM} mod 11)) mod 10, '')", "0"),
    ("pulldata('cities', 'label', 'name', 'ub')", "Ubon"),
]
# Within each of the three repetitions.
REPEATED = [
    ("position(..)", ["1", "2", "3"]),
    ("../age * 2", ["24", "90", "66"]),
    ("concat(../name, '/', count(/data/rep))", ["ก/3", "ข/3", "ค/3"]),
    ("current()/../age", ["12", "45", "33"]),
    ("instance('cities')/root/item[name = current()/../city]/label", ["Khon Kaen", "Chiang Mai", "Ubon"]),
    ("count(../../rep[age < current()/../age])", ["0", "2", "1"]),
    ("indexed-repeat(/data/rep/age, /data/rep, position(..) - 1)", ["", "12", "45"]),
    ("sum(../../rep/age)", ["90", "90", "90"]),
    ("if(position(..) > 1, ../../rep[position() = position(current()/..) - 1]/name, 'none')", ["none", "ก", "ข"]),
]
FIELDS = ["n", "s", "blank", "d", "dt", "one", "multi", "phone", "region", "sel", "cid", "shape"]
CHOICES = "".join(
    f"<item><label>{value.upper()} label</label><value>{value}</value></item>" for value in ("a", "b", "c")
)


@pytest.fixture(scope="module")
def answered() -> Group:
    """What the form works out, by the name of each calculation."""
    form = XForm.parse(_form())
    return form.check(fill(form, ANSWERS, today=TODAY), today=TODAY).answers


def _form() -> str:
    nodes = "".join(f"<{name}/>" for name in FIELDS)
    made = "".join(f"<c{place}/>" for place in range(len(ASKED)))
    within = "".join(f"<r{place}/>" for place in range(len(REPEATED)))
    binds = [("c", place, asked, "/data") for place, (asked, _answer) in enumerate(ASKED)]
    binds += [("r", place, asked, "/data/rep") for place, (asked, _answers) in enumerate(REPEATED)]
    rules = "".join(
        f'<bind nodeset="{path}/{letter}{place}" calculate={quoteattr(asked)}/>' for letter, place, asked, path in binds
    )
    cities = "".join(
        f"<item><name>{name}</name><label>{label}</label><region>{region}</region></item>"
        for name, label, region in (("kk", "Khon Kaen", "ne"), ("ub", "Ubon", "ne"), ("cm", "Chiang Mai", "n"))
    )
    return f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Asked</h:title><model>
      <itext><translation lang="th" default="true()"><text id="t1"><value>ข้อความ</value></text></translation></itext>
      <instance><data id="asked" version="1">{nodes}<rep><name/><age/><city/>{within}</rep><norep/>{made}</data>
      </instance>
      <instance id="cities"><root>{cities}</root></instance><bind nodeset="/data/n" type="int"/>
      <bind nodeset="/data/d" type="date"/><bind nodeset="/data/rep/age" type="int"/>{rules}</model></h:head><h:body>
      <select1 ref="/data/one">{CHOICES}</select1><select ref="/data/multi">{CHOICES}</select>
      <group ref="/data/rep"><repeat nodeset="/data/rep"><input ref="/data/rep/name"/></repeat></group>
      </h:body></h:html>"""


@pytest.mark.parametrize("place", range(len(ASKED)), ids=[asked[:60] for asked, _answer in ASKED])
def test_an_expression_says_what_the_phone_says(answered: Group, place: int) -> None:
    said, told = answered[f"c{place}"], ASKED[place][1]
    try:
        assert float(said) == pytest.approx(float(told), rel=1e-9)
    except ValueError:
        assert said == told or told in ("NaN", "Infinity", "-Infinity")


@pytest.mark.parametrize("place", range(len(REPEATED)), ids=[asked[:60] for asked, _answers in REPEATED])
def test_an_expression_within_a_repeat_speaks_of_its_own_repetition(answered: Group, place: int) -> None:
    assert [one[f"r{place}"] for one in answered["rep"]] == REPEATED[place][1]
