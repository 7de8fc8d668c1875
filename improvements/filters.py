import django_filters

from accounts.models import Agency

from .models import Action, ActionStatus

OVERDUE = "overdue"


class ActionFilter(django_filters.FilterSet):
    """By case, status and agency. "Overdue" is asked of `on`, the London date."""

    case = django_filters.CharFilter(label="Case reference", field_name="case__reference", lookup_expr="iexact")
    status = django_filters.ChoiceFilter(
        label="Status", choices=[(OVERDUE, "Overdue"), *ActionStatus.choices], empty_label="Any", method="by_status"
    )
    agency = django_filters.ModelChoiceFilter(
        label="Lead agency", field_name="lead_agency", queryset=Agency.objects.none(), empty_label="Any"
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        leading = self.queryset.order_by().values("lead_agency")
        self.filters["agency"].queryset = Agency.objects.filter(pk__in=leading).order_by("name")

    def by_status(self, rows, name, value):
        return rows.overdue(on=self.on) if value == OVERDUE else rows.filter(status=value)
