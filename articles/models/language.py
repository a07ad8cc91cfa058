from django.core.validators import RegexValidator

language_tag = RegexValidator(
    # The shape of RFC 5646: a language, then script, region and whatever else tells it apart.
    r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z",
    "“%(value)s” is not a language tag. Write en, ur or en-GB.",
)
