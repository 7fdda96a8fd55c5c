"""The three roles. Permissions are made here because Django makes its own only after migrating;
it finds these by their code names and leaves them."""

from django.db import migrations

ACTIONS = ("view", "add", "change", "delete")

# Where Django's four words do not reach: who may put something before the public, or take it away.
OWN_PERMISSIONS = {
    ("opportunities", "opportunity", "publish"): "Can publish opportunity",
    ("partnerships", "partnership", "publish"): "Can publish partnership",
    ("partnerships", "article", "remove"): "Can remove article",
}

READING = {
    ("opportunities", model): ("view",)
    for model in (
        "opportunity", "words", "deadline", "eligibilityrule", "opportunitycitation",
        "opportunitychange",
    )
} | {
    ("partnerships", model): ("view",)
    for model in (
        "partnership", "partnershipparty", "partnershipcitation", "partnershipchange", "article",
        "reference", "organisation", "organisationdomain", "outlet", "country", "region",
        "grouping", "membership", "sector",
    )
}
# Rows that are edited on their parent's page follow the parent.
CONTRIBUTING = READING | {
    ("opportunities", "opportunity"): ACTIONS,
    ("partnerships", "partnership"): ACTIONS,
    ("partnerships", "article"): ("view", "add", "change"),
}
EDITING = READING | {
    ("opportunities", "opportunity"): (*ACTIONS, "publish"),
    ("partnerships", "partnership"): (*ACTIONS, "publish"),
    ("partnerships", "article"): (*ACTIONS, "remove"),
    ("partnerships", "organisation"): ACTIONS,
    ("partnerships", "outlet"): ACTIONS,
}
ADMINISTERING = EDITING | {
    ("partnerships", "country"): ACTIONS,
    ("partnerships", "region"): ACTIONS,
    ("partnerships", "grouping"): ACTIONS,
    ("partnerships", "membership"): ACTIONS,
    ("partnerships", "sector"): ACTIONS,
    ("auth", "user"): ACTIONS,
    ("auth", "group"): ACTIONS,
}
ROLES = {"Contributor": CONTRIBUTING, "Editor": EDITING, "Administrator": ADMINISTERING}


def make_roles(apps, schema_editor) -> None:
    group = apps.get_model("auth", "Group")
    for name, rights in ROLES.items():
        role, _made = group.objects.get_or_create(name=name)
        role.permissions.add(
            *(
                permission(apps, app, model, action)
                for (app, model), actions in rights.items()
                for action in actions
            )
        )


def permission(apps, app: str, model: str, action: str):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    usual = f"Can {action} {apps.get_model(app, model)._meta.verbose_name_raw}"
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{model}",
        defaults={"name": OWN_PERMISSIONS.get((app, model, action), usual)},
    )
    return found


def unmake_roles(apps, schema_editor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()
    permissions = apps.get_model("auth", "Permission").objects
    for app, model, action in OWN_PERMISSIONS:
        permissions.filter(
            content_type__app_label=app, content_type__model=model, codename=f"{action}_{model}"
        ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0002_append_only"),
        ("partnerships", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, unmake_roles)]
