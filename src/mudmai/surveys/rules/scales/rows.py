"""A scale or a measure as rows of an XLSForm: the phone asks and computes by the data that the server scores by."""

from dataclasses import dataclass, field

from mudmai.surveys.rules.scales.model import Item, Measure, Outcome, Scale, measures
from mudmai.surveys.rules.scales.scoring import codes_are_points

# One row of the sheet `survey`. Keys: columns of XLSForm; th, en, hint_th, hint_en, wrong_th, wrong_en for texts.
Row = dict[str, str]
# {code: (Thai, English)}
Choices = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the sheet `survey`, and the lists of choices that they name."""

    survey: list[Row] = field(default_factory=list)
    lists: dict[str, Choices] = field(default_factory=dict)


def scale_rows(scale: Scale, *, relevant: str = "") -> Rows:
    """The items of a scale in a group of its own, with total, group, alerts and the result in words.

    Every item that is asked is required. `relevant`: XPath of the whole group.
    """
    rows = Rows()
    opening = {"type": "begin_group", "name": f"scale_{scale.code}", "th": scale.th, "en": scale.en}
    rows.survey.append(opening | ({"relevant": relevant} if relevant else {}))
    if scale.ask_th:
        rows.survey.append({"type": "note", "name": f"{scale.prefix}_ask", "th": scale.ask_th, "en": scale.ask_en})
    written = {item.code: f"${{{scale.item_name(item.code)}}}" for item in scale.items}
    alerts = _alert_rows(scale, written)
    for item in scale.items:
        listed = scale.item_name(item.code) if item.own_choices else f"{scale.prefix}_choices"
        rows.lists[listed] = {choice.code: (choice.th, choice.en) for choice in item.choices}
        rows.survey.append(_item_row(scale, item, listed, written))
        rows.survey.extend(alerts.get(item.code, ()))
    rows.survey.extend(_result_rows(scale, written))
    rows.survey.append({"type": "end_group"})
    return rows


def measure_rows(measure: Measure) -> Rows:
    """The question for a measure and its notes; or its calculation, where it is worked out of others."""
    name = f"${{{measure.code}}}"
    notes = _band_rows(measure, name)
    if measure.formula is not None:
        return Rows([_formula_row(measure), *notes])
    assert measure.possible is not None
    assert measure.plausible is not None
    least, most = (f"{limit:g}" for limit in measure.possible)
    usual = [f"{limit:g}" for limit in measure.plausible]
    limits = {"constraint": f". >= {least} and . <= {most}"}
    wrong_th, wrong_en = f"{least} ถึง {most} {measure.unit_th}", f"between {least} and {most} {measure.unit}"
    if measure.below:
        higher = measures()[measure.below]
        limits["constraint"] += f" and (${{{higher.code}}} = '' or . < ${{{higher.code}}})"
        wrong_th, wrong_en = f"{wrong_th} และต่ำกว่า{higher.th}", f"{wrong_en}, and less than: {higher.en}"
    question = limits | {
        "type": "decimal" if measure.decimals else "integer",
        "name": measure.code,
        "th": f"{measure.th} ({measure.unit_th})",
        "en": f"{measure.en} ({measure.unit})",
        "appearance": "numbers",
        "wrong_th": f"{measure.th}ต้องอยู่ระหว่าง {wrong_th} ดูตัวเลขที่เครื่องแล้วใส่ใหม่",
        "wrong_en": f"{measure.en} must be {wrong_en}: look at the device and enter it again",
    }
    again = {
        "type": "note",
        "name": f"{measure.code}_again",
        "th": f"{measure.th} {name} {measure.unit_th} ต่างจากที่พบทั่วไปมาก กรุณาวัดซ้ำ ถ้าถูกต้องแล้วทำต่อได้",
        "en": f"{measure.en} {name} {measure.unit} is very unusual: measure again; if it is right, go on",
        "appearance": "warn",
        "relevant": f"{name} < {usual[0]} or {name} > {usual[1]}",
    }
    return Rows([question, again, *notes])


def _item_row(scale: Scale, item: Item, listed: str, written: dict[str, str]) -> Row:
    row = {
        "type": f"select_one {listed}",
        "name": scale.item_name(item.code),
        "th": item.th,
        "en": item.en,
        "hint_th": item.hint_th,
        "hint_en": item.hint_en,
        "appearance": item.appearance or scale.appearance,
        "required": "yes",
    }
    if item.when is not None:
        row["relevant"] = item.when.xpath(written)
    return {column: told for column, told in row.items() if told}


def _alert_rows(scale: Scale, written: dict[str, str]) -> dict[str, list[Row]]:
    """The notes by the item under which they stand: right where an alert begins to hold, and nowhere again."""
    rows: dict[str, list[Row]] = {}
    for alert in scale.alerts:
        before = ""
        for number, way in enumerate(alert.when.ways, start=1):
            holds = way.xpath(written)
            note = {
                "type": "note",
                "name": f"{scale.prefix}_{alert.code}_{number}",
                "th": alert.th,
                "en": alert.en,
                "appearance": "alert",
                "relevant": holds + before,
            }
            last = [item.code for item in scale.items if item.code in way.names][-1]
            rows.setdefault(last, []).append(note)
            before += f" and not({holds})"
    return rows


def _result_rows(scale: Scale, written: dict[str, str]) -> list[Row]:
    left, total, group = (f"${{{name}}}" for name in (f"{scale.prefix}_left", scale.total_name, scale.group_name))
    written = written | {"total": total}
    rows = [
        _calculate(f"{scale.prefix}_left", " + ".join(_unanswered(item, written) for item in scale.items)),
        _calculate(scale.total_name, f"if({left} = 0, {' + '.join(_points(i, written) for i in scale.items)}, '')"),
        _calculate(scale.group_name, f"if({left} > 0, '', {_first(scale.groups, written)})"),
    ]
    if scale.alerts:
        risk = " or ".join(f"({alert.when.xpath(written)})" for alert in scale.alerts)
        rows.append(_calculate(f"{scale.prefix}_alert", f"if({risk}, 'yes', if({left} = 0, 'no', ''))"))
    if scale.ltc_as:
        found = "''"
        for each in scale.groups:
            found = f"if({group} = '{each.code}', '{each.ltc}', {found})"
        rows.append(_calculate(scale.ltc_as, found))
    points_th, points_en = (f" · {total} คะแนน", f" · {total} points") if scale.total_as else ("", "")
    for each in scale.groups:
        rows.append(
            {
                "type": "note",
                "name": f"{scale.prefix}_is_{each.code}",
                "th": f"ผล: {each.th}{points_th}",
                "en": f"Result: {each.en}{points_en}",
                "relevant": f"{group} = '{each.code}'",
            }
        )
    return rows


def _calculate(name: str, calculation: str) -> Row:
    return {"type": "calculate", "name": name, "calculation": calculation}


def _asked(item: Item, written: dict[str, str]) -> str:
    return f"({item.when.xpath(written)}) and " if item.when is not None else ""


def _unanswered(item: Item, written: dict[str, str]) -> str:
    return f"if({_asked(item, written)}{written[item.code]} = '', 1, 0)"


def _points(item: Item, written: dict[str, str]) -> str:
    name = written[item.code]
    if codes_are_points(item) and item.when is None:
        return f"number({name})"
    counting = [choice for choice in item.choices if choice.points]
    return " + ".join(f"if({_asked(item, written)}{name} = '{c.code}', {c.points}, 0)" for c in counting) or "0"


def _first(told: tuple[Outcome, ...], written: dict[str, str]) -> str:
    found = "''"
    for each in reversed(told):
        found = f"if({each.when.xpath(written)}, '{each.code}', {found})"
    return found


def _formula_row(measure: Measure) -> Row:
    assert measure.formula is not None
    written = {name: f"${{{name}}}" for name in sorted(measure.formula.names)}
    value, scaled = measure.formula.xpath(written), 10**measure.decimals
    known = " and ".join(f"{name} != ''" for name in written.values())
    rounded = f"int({value} * {scaled} + if({value} >= 0, 0.5, -0.5)) div {scaled}"
    return _calculate(measure.code, f"if({known}, {rounded}, '')")


def _band_rows(measure: Measure, name: str) -> list[Row]:
    rows, before = [], ""
    for each in measure.bands:
        holds = each.when.xpath({"value": name})
        rows.append(
            {
                "type": "note",
                "name": f"{measure.code}_is_{each.code}",
                "th": f"{measure.th} {name}: {each.th}",
                "en": f"{measure.en} {name}: {each.en}",
                "appearance": each.level or ("" if measure.formula else "warn"),
                "relevant": holds + before,
            }
        )
        before += f" and not({holds})"
    return [{column: told for column, told in row.items() if told} for row in rows]
