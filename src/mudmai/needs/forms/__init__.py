"""Forms of the screens of needs."""

from mudmai.needs.forms.choosing import RankForm
from mudmai.needs.forms.sets import OwnSetForm
from mudmai.needs.forms.taking import TakeForm
from mudmai.needs.forms.weighing import WeightsForm

__all__ = ["OwnSetForm", "RankForm", "TakeForm", "WeightsForm"]
