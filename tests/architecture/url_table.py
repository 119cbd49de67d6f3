"""Who gets what at every address. The listing of this file is the policy; a new address must get its row here.

A row is: name of the address, what each member of the cast gets for GET (in the order of CAST), and, where the address
has parts, a function that makes them from the `world` fixture (tests/architecture/conftest.py).
302 = asked to sign in, 403 = may not, 404 = does not exist for them, 405 = only for sending.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mudmai.access.services import code_of

CAST = ("anonymous", "somsri", "noi", "wichai", "nayok", "admin", "stranger")


@dataclass(frozen=True)
class Row:
    name: str
    gets: str
    parts: Callable[[Any], dict[str, Any]] | None = None
    query: str = ""

    def expected(self) -> dict[str, int]:
        codes = [int(code) for code in self.gets.split()]
        return dict(zip(CAST, codes, strict=True))


def upload(world: Any) -> dict[str, Any]:
    return {"upload_id": world.upload.pk}


def done(world: Any) -> dict[str, Any]:
    return {"upload_id": world.done.pk}


def question(world: Any) -> dict[str, Any]:
    return {"question_id": world.question.pk}


def two_houses(world: Any) -> dict[str, Any]:
    return {"question_id": world.two_houses.pk}


def nothing(_world: Any) -> dict[str, Any]:
    return {"bulk_id": UUID(int=0)}


def rule(_world: Any) -> dict[str, Any]:
    return {"code": "old_age_allowance"}


def rule_of_case(_world: Any) -> dict[str, Any]:
    return {"programme": "old_age_allowance"}


def case(_world: Any) -> dict[str, Any]:
    return {"programme": "old_age_allowance", "key": "s0"}


def parameter(_world: Any) -> dict[str, Any]:
    return {"parameter": "old_age_allowance.steps"}


def no_row(_world: Any) -> dict[str, Any]:
    return {"row_id": 0}


def no_case(_world: Any) -> dict[str, Any]:
    return {"case_id": 0}


def tambon(world: Any) -> dict[str, Any]:
    return {"code": world.tambon}


def person(world: Any) -> dict[str, Any]:
    return {"person_id": world.person.pk}


def household(world: Any) -> dict[str, Any]:
    return {"household_id": world.household.pk}


def linked_row(world: Any) -> dict[str, Any]:
    return {"person_id": world.person.pk, "record_id": world.link.left}


def record(world: Any) -> dict[str, Any]:
    return {"record_id": world.row.pk}


def link(world: Any) -> dict[str, Any]:
    return {"decision_id": world.link.pk}


def batch(world: Any) -> dict[str, Any]:
    return {"batch_id": world.batch.pk}


def no_inquiry(_world: Any) -> dict[str, Any]:
    return {"inquiry_id": UUID(int=0)}


def no_phone(_world: Any) -> dict[str, Any]:
    return {"device_id": UUID(int=0)}


def openrosa_version(world: Any) -> dict[str, Any]:
    return {"version_id": world.form_version.pk}


def openrosa_media(world: Any) -> dict[str, Any]:
    return {"version_id": world.form_version.pk, "name": "house.png"}


def villages(_world: Any) -> dict[str, Any]:
    return {"level": 4}


def persons(_world: Any) -> dict[str, Any]:
    return {"what": "persons"}


def exported(world: Any) -> dict[str, Any]:
    return {"export_id": world.exported.pk}


def assembly(world: Any) -> dict[str, Any]:
    return {"assembly_id": world.assembly.pk}


def photo(world: Any) -> dict[str, Any]:
    return {"assembly_id": world.assembly.pk, "sha256": world.assembly.photos.get().sha256}


def step(world: Any) -> dict[str, Any]:
    return {"assembly_id": world.assembly.pk, "n": 3}


def token(world: Any) -> dict[str, Any]:
    return {"token": world.assembly.token}


def team(world: Any) -> dict[str, Any]:
    return {"team_id": world.team.pk}


def membership(world: Any) -> dict[str, Any]:
    return {"membership_id": world.membership.pk}


def ready(_world: Any) -> dict[str, Any]:
    return {"code": "home_visit"}


def form(world: Any) -> dict[str, Any]:
    return {"form_id": world.form_version.form_id}


def logbook_layout(_world: Any) -> dict[str, Any]:
    return {"code": "logbook"}


# What a comparison shows of its people.
COMPARED = "?a=fact:tpmap_poor&b=need:poor&part=both"


def form_version(world: Any) -> dict[str, Any]:
    return form(world) | {"version_id": world.form_version.pk}


def form_picture(world: Any) -> dict[str, Any]:
    return form_version(world) | {"name": "house.png"}


def form_given(world: Any) -> dict[str, Any]:
    return form(world) | {"assignment_id": 1}


def submission(world: Any) -> dict[str, Any]:
    return {"submission_id": world.submission.pk}


def submission_photo(world: Any) -> dict[str, Any]:
    return submission(world) | {"name": "roof.jpg"}


def invitation(world: Any) -> dict[str, Any]:
    return {"invitation_id": world.invitation.pk}


def code(world: Any) -> dict[str, Any]:
    return {"code": code_of(world.invitation)}


def followed(world: Any) -> dict[str, Any]:
    return {"followed_id": world.followed.pk}


def shipped_set(_world: Any) -> dict[str, Any]:
    return {"key": "jpt31"}


def no_set(_world: Any) -> dict[str, Any]:
    return {"set_id": 0}


def tile(world: Any) -> dict[str, Any]:
    return dict(world.tile)


# fmt: off
SITE = (
    #                              anon som noi wic nay adm str
    Row("healthz",                "200 200 200 200 200 200 200"),
)
ACCOUNT = (
    Row("account_login",          "200 302 302 302 302 302 302"),
    Row("account_logout",         "302 200 200 200 200 200 200"),
    Row("account_change_password", "302 200 200 200 200 200 200"),
    Row("account_reauthenticate", "302 200 200 200 200 200 200"),
    Row("mfa_index",              "302 200 200 200 200 200 200"),
)
# Who is missed and what is coming, in the order of rights/urls.py.
RIGHTS = (
    #                              anon som noi wic nay adm str
    Row("rights:missed",          "302 200 200 200 200 200 200"),
    Row("rights:missed_of",       "302 200 404 200 200 200 404", tambon),
    Row("rights:worklist",        "302 200 200 200 302 302 200"),
    Row("rights:export",          "302 200 403 200 403 403 200"),
    Row("rights:letters",         "302 200 403 200 403 403 200"),
    Row("rights:alerts",          "302 200 200 200 302 302 200"),
    Row("rights:alerts_export",   "302 302 403 302 403 403 302"),
    Row("rights:rules",           "302 200 200 200 200 200 200"),
    Row("rights:rule",            "302 200 200 200 200 200 200", rule),
    Row("rights:whatif",          "302 200 200 200 200 200 200"),
    Row("rights:whatif_export",   "302 200 200 200 200 200 200"),
    Row("rights:row_new",         "302 200 403 403 403 403 200", parameter),
    # No row was added in this world.
    Row("rights:row_take_back",   "302 404 403 403 403 403 404", no_row),
    Row("rights:case_new",        "302 200 403 403 403 403 200", rule_of_case),
    Row("rights:case",            "302 200 200 200 200 200 200", case),
    Row("rights:case_take_back",  "302 405 405 405 405 405 405", no_case),
)
# The screens; one row each, in the order of pages/urls.py.
PAGES = (
    #                              anon som noi wic nay adm str
    Row("pages:home",             "302 200 200 200 200 200 200"),
    Row("pages:area",             "302 200 404 200 200 200 404", tambon),
    Row("pages:summary",          "302 200 404 200 200 200 404", tambon),
    Row("pages:search",           "302 200 200 200 200 200 200", query="?q=มาลี"),
    Row("pages:persons",          "302 200 200 200 403 403 200"),
    Row("pages:add_person",       "302 200 403 200 403 403 200"),
    Row("pages:alike_persons",    "302 405 405 405 405 405 405"),
    Row("pages:person",           "302 200 200 200 404 404 404", person),
    Row("pages:edit_person",      "302 200 403 200 404 404 404", person),
    Row("pages:show_id",          "302 405 405 405 405 405 405", person),
    Row("pages:not_this_person",  "302 200 403 403 404 404 404", linked_row),
    Row("pages:decisions",        "302 200 403 403 403 403 200"),
    Row("pages:export_decisions", "302 200 403 403 403 403 200"),
    Row("pages:decision",         "302 200 200 200 404 404 404", link),
    Row("pages:record",           "302 200 200 200 404 404 404", record),
    Row("pages:households",       "302 200 200 200 403 403 200"),
    Row("pages:household",        "302 200 200 200 404 404 404", household),
    Row("pages:edit_household",   "302 200 403 200 404 404 404", household),
    Row("pages:pin_household",    "302 200 200 200 404 404 404", household),
    Row("pages:split_household",  "302 200 403 200 404 404 404", household),
    Row("pages:merge_household",  "302 200 403 200 404 404 404", household),
    Row("pages:follow_person",    "302 200 403 200 404 404 404", person),
    Row("pages:follow_household", "302 200 403 200 404 404 404", household),
    # A team of village 1 to which noi belongs; the registrar, the case manager and the administrator manage it.
    Row("pages:teams",            "302 200 200 200 200 200 200"),
    Row("pages:add_team",         "302 200 403 200 403 200 200"),
    Row("pages:team",             "302 200 200 200 404 200 404", team),
    Row("pages:change_team",      "302 200 403 200 404 200 404", team),
    Row("pages:add_member",       "302 200 403 200 404 200 404", team),
    Row("pages:invite",           "302 200 403 200 404 200 404", team),
    Row("pages:member",           "302 200 200 200 404 200 404", membership),
    Row("pages:give_houses",      "302 200 403 200 404 200 404", membership),
    Row("pages:invitation",       "302 200 404 200 404 200 404", invitation),
    Row("pages:end_following",    "302 405 405 405 405 405 405", followed),
    Row("pages:batches",          "302 200 403 403 403 403 200"),
    Row("pages:batch",            "302 200 404 403 404 404 404", batch),
    Row("pages:undo_batch",       "302 200 404 403 404 404 404", batch),
    Row("pages:map",              "302 200 200 200 200 200 200"),
    Row("pages:tile",             "302 200 200 200 204 204 204", tile),
    # Outlines are public; the numbers painted on them are only the user's own.
    Row("pages:area_shapes",      "302 200 200 200 200 200 200", villages, "?in=520306&measure=people"),
    Row("pages:basemap",          "302 404 404 404 404 404 404"),
    Row("pages:export",           "302 200 403 200 403 403 200", persons),
    Row("pages:export_file",      "302 200 404 404 404 404 404", exported),
    Row("pages:fetch_export",     "302 200 404 404 404 404 404", exported),
    Row("pages:log",              "302 403 403 403 403 200 403"),
    Row("pages:language",         "405 405 405 405 405 405 405"),
)
ACCESS = (
    # Open to everybody who holds a code; the code is the key.
    Row("access:join",            "200 200 200 200 200 200 200"),
    Row("access:join_team",       "200 200 200 200 200 200 200", code),
)
INTAKE = (
    Row("intake:home",            "302 200 403 403 403 403 200"),
    Row("intake:upload",          "302 405 405 405 405 405 405"),
    Row("intake:map",             "302 200 404 404 404 404 404", upload),
    Row("intake:progress",        "302 302 404 404 404 404 404", upload),
    Row("intake:preview",         "302 200 404 404 404 404 404", upload),
    Row("intake:commit",          "302 405 405 405 405 405 405", upload),
    Row("intake:cancel",          "302 405 405 405 405 405 405", upload),
    Row("intake:result",          "302 200 404 404 404 404 404", done),
    Row("intake:report",          "302 200 404 404 404 404 404", done),
)
INTEGRATIONS = (
    # Asked with a token, not with sign-in; see tests/integrations.
    Row("integrations:known",     "405 405 405 405 405 405 405"),
    Row("integrations:openapi",   "302 200 200 200 200 200 200"),
)
LINKAGE = (
    Row("linkage:questions",      "302 200 403 403 403 403 200"),
    Row("linkage:question",       "302 200 404 404 404 404 404", question),
    Row("linkage:answer",         "302 405 405 405 405 405 405", question),
    Row("linkage:undo",           "302 405 405 405 405 405 405", question),
    Row("linkage:ask",            "302 200 404 404 404 404 404", question),
    Row("linkage:reply",          "302 302 404 404 404 404 404", question),
    Row("linkage:recall",         "302 405 405 405 405 405 405", question),
    # Neither waits for anybody in this world: an answer is looked at again by another than its giver.
    Row("linkage:second_look",    "302 404 404 404 404 404 404", question),
    Row("linkage:settle",         "302 404 404 404 404 404 404", question),
    Row("linkage:asked",          "302 200 403 403 403 403 200"),
    Row("linkage:kinds",          "302 200 403 403 403 403 200"),
    Row("linkage:kind",           "302 200 403 403 403 403 200", query="?findings=unsure:given=sound"),
    Row("linkage:answer_kind",    "302 405 405 405 405 405 405"),
    Row("linkage:undo_kind",      "302 405 405 405 405 405 405", nothing),
    Row("linkage:second",         "302 200 403 403 403 403 200"),
    Row("linkage:unsettled",      "302 200 403 403 403 403 200"),
    Row("linkage:quality",        "302 200 403 403 403 403 200"),
    Row("linkage:model",          "302 200 403 403 403 200 200"),
    Row("linkage:learn",          "302 405 405 405 405 405 405"),
    Row("linkage:use_weights",    "302 405 405 405 405 405 405"),
    Row("linkage:set_share",      "302 405 405 405 405 405 405"),
    Row("linkage:houses",         "302 200 403 403 403 403 200"),
    Row("linkage:house",          "302 200 404 404 404 404 404", two_houses),
    Row("linkage:answer_house",   "302 405 405 405 405 405 405", two_houses),
)
ASSEMBLY = (
    #                              anon som noi wic nay adm str
    Row("assembly:assemblies",    "302 200 200 200 403 403 200"),
    Row("assembly:new",           "302 200 403 200 403 403 200"),
    Row("assembly:pin",           "302 200 200 200 403 403 200"),
    Row("assembly:check",         "200 200 200 200 200 200 200", token),
    Row("assembly:held",          "405 405 405 405 405 405 405"),
    Row("assembly:keep_step",     "405 405 405 405 405 405 405", step),
    Row("assembly:keep_photo",    "405 405 405 405 405 405 405", photo),
    Row("assembly:certify_held",  "405 405 405 405 405 405 405", assembly),
    Row("assembly:assembly",      "302 200 200 200 404 404 404", assembly),
    Row("assembly:step",          "302 405 405 405 405 405 405", assembly),
    Row("assembly:add",           "302 200 403 200 404 404 404", assembly),
    Row("assembly:add_photo",     "302 405 405 405 405 405 405", assembly),
    Row("assembly:photo",         "302 200 200 200 404 404 404", photo),
    Row("assembly:sign",          "302 200 200 200 404 404 404", assembly),
    Row("assembly:certify",       "302 405 405 405 405 405 405", assembly),
    Row("assembly:paper",         "302 200 200 200 404 404 404", assembly),
    Row("assembly:chain",         "302 200 200 200 404 404 404", assembly),
)

SURVEYS = (
    #                              anon som noi wic nay adm str
    Row("surveys:forms",          "302 200 403 200 403 403 200"),
    Row("surveys:new_form",       "302 200 403 200 403 403 200"),
    Row("surveys:start_ready",    "302 405 405 405 405 405 405", ready),
    Row("surveys:ready_file",     "302 200 403 200 403 403 200", ready),
    Row("surveys:form",           "302 200 404 200 404 404 404", form),
    Row("surveys:retire",         "302 405 405 405 405 405 405", form),
    Row("surveys:bring_back",     "302 405 405 405 405 405 405", form),
    Row("surveys:assign",         "302 405 405 405 405 405 405", form),
    Row("surveys:end_assignment", "302 405 405 405 405 405 405", form_given),
    Row("surveys:publish",        "302 405 405 405 405 405 405", form_version),
    Row("surveys:attach",         "302 405 405 405 405 405 405", form_version),
    Row("surveys:media",          "302 200 404 200 404 404 404", form_picture),
    Row("surveys:source",         "302 200 404 200 404 404 404", form_version),
    Row("surveys:mapping",        "302 200 404 200 404 404 404", form_version),
    Row("surveys:preview",        "302 200 404 200 404 404 404", form_version),
    Row("surveys:phone",          "302 200 404 200 404 404 404", form_version),
    Row("surveys:xform",          "302 200 404 200 404 404 404", form_version),
    Row("surveys:submissions",    "302 200 403 200 403 403 200"),
    Row("surveys:submission",     "302 200 200 200 404 404 404", submission),
    # phones, and keys for ODK Collect
    Row("surveys:phones",         "302 200 200 200 404 200 200"),
    Row("surveys:new_collect_key", "302 405 405 405 405 405 405"),
    Row("surveys:lock_phone",     "302 405 405 405 405 405 405", no_phone),
    # the phone app's own files: the same for everybody, nothing about anybody
    Row("surveys:app",            "200 200 200 200 200 200 200"),
    Row("surveys:app_worker",     "200 200 200 200 200 200 200"),
    Row("surveys:app_manifest",   "200 200 200 200 200 200 200"),
    # what phones say, with a token of their own or, before, without (tests/surveys/test_a_phone_syncs.py)
    Row("surveys:phone_sign_in",    "405 405 405 405 405 405 405"),
    Row("surveys:phone_sign_out",   "405 405 405 405 405 405 405"),
    Row("surveys:phone_knock",      "405 405 405 405 405 405 405"),
    Row("surveys:phone_wiped",      "405 405 405 405 405 405 405"),
    Row("surveys:phone_sync",       "405 405 405 405 405 405 405"),
    Row("surveys:phone_media",      "401 401 401 401 401 401 401", openrosa_media),
    Row("surveys:phone_submission", "401 401 401 401 401 401 401", submission),
    Row("surveys:phone_file",       "405 405 405 405 405 405 405", submission_photo),
    Row("surveys:phone_reply",      "405 405 405 405 405 405 405", no_inquiry),
    # OpenRosa: its own sign-in, by digest or by a key in the address (tests/surveys/test_openrosa.py)
    Row("surveys:openrosa_form_list",  "401 401 401 401 401 401 401"),
    Row("surveys:openrosa_form",       "401 401 401 401 401 401 401", openrosa_version),
    Row("surveys:openrosa_manifest",   "401 401 401 401 401 401 401", openrosa_version),
    Row("surveys:openrosa_media",      "401 401 401 401 401 401 401", openrosa_media),
    Row("surveys:openrosa_submission", "405 405 405 405 405 405 405"),
    Row("surveys:judge",          "302 405 405 405 405 405 405", submission),
    Row("surveys:file",           "302 200 200 200 404 404 404", submission_photo),
)
NEEDS = (
    #                              anon som noi wic nay adm str
    # Whoever sees numbers alone is led from the list to the numbers.
    Row("needs:ranked",           "302 200 200 200 302 302 200"),
    Row("needs:ranked_export",    "302 200 403 200 403 403 200"),
    Row("needs:house",            "302 200 200 200 404 404 404", household),
    Row("needs:area",             "302 200 200 200 200 200 200"),
    Row("needs:area_of",          "302 200 404 200 200 200 404", tambon),
    Row("needs:changes",          "302 200 200 200 200 200 200"),
    Row("needs:keep_day",         "302 405 405 405 405 405 405"),
    Row("needs:weights",          "302 200 403 200 403 403 200"),
    Row("needs:sets",             "302 200 200 200 200 200 200"),
    Row("needs:own_set",          "302 200 403 200 403 403 200"),
    Row("needs:use_set",          "302 405 405 405 405 405 405", no_set),
    # What is asked of households is no secret.
    Row("needs:set",              "302 200 200 200 200 200 200", shipped_set),
    # Counts for whoever sees numbers, names for whoever sees people.
    Row("needs:compare",          "302 200 200 200 200 200 200", query="?a=fact:tpmap_poor&b=need:poor"),
    Row("needs:compare_rows",     "302 200 200 200 403 403 200", query=COMPARED),
    Row("needs:compare_export",   "302 200 403 200 403 403 200", query=COMPARED),
    Row("needs:twice",            "302 200 200 200 403 403 200"),
    Row("needs:unseen",           "302 200 200 200 200 200 200"),
    Row("needs:unvisited",        "302 200 200 200 403 403 200"),
    Row("needs:unvisited_export", "302 200 403 200 403 403 200"),
    Row("needs:layouts",          "302 200 403 200 403 403 200"),
    Row("needs:layout",           "302 200 403 200 403 403 200", logbook_layout),
    Row("needs:logbook",          "302 200 403 200 403 403 200"),
)
# fmt: on

TABLE: tuple[Row, ...] = (
    *SITE,
    *ACCOUNT,
    *ACCESS,
    *PAGES,
    *INTAKE,
    *LINKAGE,
    *ASSEMBLY,
    *SURVEYS,
    *NEEDS,
    *RIGHTS,
    *INTEGRATIONS,
)

# allauth brings these addresses too. They lead nowhere without sign-in, or only to the closed sign-up and reset pages.
BROUGHT_BY_ALLAUTH = ("account_", "mfa_")
# Of allauth's addresses, those that open without sign-in: signing in, its second step, and pages that say "closed".
OPEN_OF_ALLAUTH = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "mfa_authenticate",
}
