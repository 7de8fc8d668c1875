from django.shortcuts import render


def desk(request):
    return render(request, "caseload/desk.html", {})
