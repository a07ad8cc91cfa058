"""Language and direction of a text, for the element it stands in."""

from django import template

from articles.text.language import direction

register = template.Library()

register.filter("direction", direction)
