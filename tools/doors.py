"""The third contract of the import linter: other modules come in through the doors only."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """No import from one module of the root package into a room of another that is not a door.

    `doors` are open in every module, `open_rooms` ("accounts.models") by name, `open_modules` wholly.
    """

    type_name = "doors"

    root = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    open_rooms = fields.SetField(subfield=fields.StringField(), required=False)
    open_modules = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (
                importer,
                imported,
                [detail["line_number"] for detail in graph.get_import_details(importer=importer, imported=imported)],
            )
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self.is_allowed(importer.split("."), imported.split("."))
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def is_allowed(self, importer: list[str], imported: list[str]) -> bool:
        outside = self.root not in (imported[0], importer[0])
        shallow = len(imported) < 3 or len(importer) < 2
        if outside or shallow or importer[1] == imported[1]:
            return True
        module, room = imported[1], imported[2]
        opened: set[Any] = (self.open_modules or set()) | (self.open_rooms or set())  # type: ignore[operator,assignment]
        return room in self.doors or module in opened or f"{module}.{room}" in opened  # type: ignore[operator]

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, lines in check.metadata["broken"]:
            output.print_error(f"{importer} reaches into {imported} (line {', '.join(map(str, lines))})")
