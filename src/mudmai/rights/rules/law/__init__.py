"""The rules of entitlement as OpenFisca works them out: entities, what is told, conditions, amounts, dated parameters.

Only this folder knows OpenFisca (AGPL-3.0-or-later); `rights.rules.engine` is its one door. Why: docs/decisions.
"""
