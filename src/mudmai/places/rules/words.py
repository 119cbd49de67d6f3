"""The sentence of every doubt and problem that finding a place can leave."""

from mudmai.kernel.words import gettext_noop

SENTENCES: dict[str, str] = {
    "place_spelling": gettext_noop("The name of the place was spelt otherwise; the nearest name was taken."),
    "place_abolished": gettext_noop("The place was abolished; the one that follows it was taken."),
    "place_divided": gettext_noop("The place was abolished and divided; write which of the new ones it is."),
    "place_ambiguous": gettext_noop("Several places have this name; write the district and the province too."),
    "province_unknown": gettext_noop("No province has this name."),
    "district_unknown": gettext_noop("The province has no district of this name."),
    "tambon_unknown": gettext_noop("The district has no tambon of this name."),
    "tambon_elsewhere": gettext_noop("The tambon lies in another district than the one expected."),
    "place_outside": gettext_noop("No place of this name lies in the area of the list; the one elsewhere was taken."),
    "moo_unknown": gettext_noop("The tambon has no village with this moo number."),
    "village_unknown": gettext_noop("The tambon has no village of this name."),
    "village_differs": gettext_noop("The village of this moo number has another name."),
}
