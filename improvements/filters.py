import django_filters

from accounts.models import Agency

from .models import Action, ActionStatus


class ActionFilter(django_filters.FilterSet):
    """By case, status and agency."""

    case = django_filters.CharFilter(label="Case reference", field_name="case__reference", lookup_expr="iexact")
    status = django_filters.ChoiceFilter(label="Status", choices=ActionStatus.choices, empty_label="Any")
    agency = django_filters.ModelChoiceFilter(
        label="Lead agency", field_name="lead_agency", queryset=Agency.objects.none(), empty_label="Any"
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leading = self.queryset.order_by().values("lead_agency")
        self.filters["agency"].queryset = Agency.objects.filter(pk__in=leading).order_by("name")
