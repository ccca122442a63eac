"""Addresses of the jobs room."""

from __future__ import annotations

from django.urls import path

from vafa.jobs import views

app_name = "jobs"
urlpatterns = [
    path("work/", views.job_list, name="list"),
    path("work/<uuid:public_id>/", views.job_page, name="job"),
    path("work/<uuid:public_id>/progress/", views.progress, name="progress"),
    path("work/<uuid:public_id>/retry/", views.retry, name="retry"),
    path("work/<uuid:public_id>/drop/", views.drop, name="drop"),
]
