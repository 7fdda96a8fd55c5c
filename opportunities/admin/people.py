"""Accounts and roles. Who is no superuser can neither make one nor touch one."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

SUPERUSERS_ONLY = frozenset({"is_superuser", "user_permissions"})


def is_out_of_reach(request, account: User | None) -> bool:
    return bool(account and account.is_superuser and not request.user.is_superuser)


class PersonAdmin(UserAdmin):
    list_display = ("username", "email", "is_staff", "is_active", "last_login")

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and not is_out_of_reach(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and not is_out_of_reach(request, obj)

    def get_fieldsets(self, request, obj=None):
        """The form has only the fields shown, so one that is hidden cannot be posted either."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (
                name,
                {**options, "fields": [f for f in options["fields"] if f not in SUPERUSERS_ONLY]},
            )
            for name, options in fieldsets
        ]


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, PersonAdmin)
admin.site.register(Group, GroupAdmin)
