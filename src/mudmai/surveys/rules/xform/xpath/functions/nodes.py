"""Functions of nodes, lists and choices."""

from mudmai.surveys.rules.xform.tree import Node
from mudmai.surveys.rules.xform.xpath.asking import Context, Function, Unanswerable
from mudmai.surveys.rules.xform.xpath.values import Value, number, text


def _nodes(value: Value) -> list[Node]:
    return value if isinstance(value, list) else []


def _list(c: Context, name: str) -> Node:
    found = c.world.instances.get(name)
    if found is None:
        raise Unanswerable(f"instance({name})")
    return found


def instance(c: Context, name: Value) -> Value:
    return [_list(c, text(name))]


def pulldata(c: Context, name: Value, wanted: Value, key: Value, told: Value) -> Value:
    root = _list(c, text(name)).first("root")
    found = root.matching("item", text(key), text(told)) if root else []
    answer = found[0].first(text(wanted)) if found else None
    return answer.value() if answer else ""


def position(c: Context, value: Value | None = None) -> Value:
    if value is None:
        return float(c.position)
    nodes = _nodes(value)
    return float(nodes[0].position()) if nodes else float("nan")


def count_non_empty(c: Context, value: Value) -> Value:
    return float(sum(1 for node in _nodes(value) if node.value()))


def indexed_repeat(c: Context, target: Value, *pairs: Value) -> Value:
    """The nodes of `target` within the repeat of the given place, through as many levels as are given."""
    found = _nodes(target)
    for repeats, place in zip(pairs[::2], pairs[1::2], strict=False):
        at = number(place)
        chosen = {id(node) for node in _nodes(repeats) if node.position() == at}
        found = [node for node in found if any(id(above) in chosen for above in node.ancestors())]
    return found


def choice_name(c: Context, answer: Value, path: Value) -> Value:
    return c.world.name_choice(c.node, text(answer), text(path))


def local_name(c: Context, value: Value | None = None) -> Value:
    nodes = [c.node] if value is None else _nodes(value)
    return nodes[0].name if nodes else ""


def itext(c: Context, name: Value) -> Value:
    return c.world.itext.get(c.world.language, {}).get(text(name), "")


NODES: dict[str, Function] = {
    "instance": instance,
    "pulldata": pulldata,
    "current": lambda c: [c.world.current],
    "position": position,
    "last": lambda c: float(c.size),
    "count": lambda c, value: float(len(_nodes(value))),
    "count-non-empty": count_non_empty,
    "indexed-repeat": indexed_repeat,
    # The order is the client's secret; what is in it is not.
    "randomize": lambda c, value, seed=0.0: value,
    "choice-name": choice_name,
    "itext": itext,
    "name": local_name,
    "local-name": local_name,
}
