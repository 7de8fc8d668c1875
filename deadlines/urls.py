from django.urls import path

from deadlines.views import applying, bank_holidays, calculator, clocks, correcting, editions, plan, what_if

app_name = "deadlines"
urlpatterns = [
    path("calculator/", calculator.calculator, name="calculator"),
    path("clocks/<int:pk>/", clocks.explanation, name="explanation"),
    path("clocks/<int:pk>/correct/", correcting.correct, name="correct"),
    path("clocks/<int:pk>/delay/", correcting.delay, name="delay"),
    path("clocks/<int:pk>/lateness/", correcting.lateness, name="lateness"),
    path("clocks/<int:pk>/applies/", applying.applies, name="applies"),
    path("clocks/<int:pk>/edition/", correcting.edition, name="edition"),
    path("clocks/<int:pk>/plan/", plan.apply_plan, name="apply_plan"),
    path("clocks/<int:pk>/done/", plan.finish_step, name="finish_step"),
    path("working-plan/", plan.working_plan, name="working_plan"),
    path("clocks/of-case/<int:pk>/what-if/", what_if.what_if, name="what_if"),
    path("clocks/of-case/<int:pk>/", clocks.ledger, name="ledger"),
    path("bank-holidays/", bank_holidays.bank_holidays, name="bank_holidays"),
    path("bank-holidays/add/", bank_holidays.add_bank_holiday, name="add_bank_holiday"),
    path("bank-holidays/<int:pk>/remove/", bank_holidays.remove_bank_holiday, name="remove_bank_holiday"),
    path("bank-holidays/years/<int:year>/", bank_holidays.declare_year, name="declare_year"),
    path("editions/", editions.editions, name="editions"),
    path("editions/add/", editions.add_edition, name="add_edition"),
    path("editions/import/", editions.import_editions, name="import_editions"),
    path("editions/file/", editions.export_editions, name="export_editions"),
]
