"""The one row that says what this installation is called and how it is run."""

from django.db import models

from instance.querysets import SiteQuerySet


class Site(models.Model):
    """How the community that runs this server presents itself; edited in the admin.

    There is one row, with id 1, or none yet: `Site.objects.current()` stands in for it.
    """

    name = models.CharField(max_length=100, default="Yafig")
    description = models.TextField(max_length=2000, blank=True)
    rules = models.TextField(max_length=10_000, blank=True)
    contact_email = models.EmailField(blank=True)
    registrations_open = models.BooleanField(default=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = "this server"
        verbose_name_plural = "this server"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="instance_site_is_one"),
        ]

    def __str__(self) -> str:
        return self.name
