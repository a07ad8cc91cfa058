import django.db.models.deletion
from django.db import migrations, models

from articles.freshness import triggers


def create_triggers(apps, schema_editor):
    triggers.create(schema_editor.connection)


def drop_triggers(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_changes_so_far'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleFacets',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='articles.article')),
                ('lists', models.BinaryField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SearchName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField(choices=[(0, 'archive'), (1, 'section'), (2, 'author'), (3, 'tag'), (4, 'place'), (5, 'dateline'), (6, 'person'), (7, 'organisation'), (8, 'place-itself'), (9, 'dateline-itself')])),
                ('key', models.BigIntegerField()),
                ('text', models.BinaryField()),
                ('start', models.BinaryField()),
                ('is_whole', models.BooleanField(help_text='It is a name, not only the end of one.')),
                ('weight', models.PositiveSmallIntegerField()),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['text', 'weight', 'kind', 'key'], name='search_name_by_text'), models.Index(fields=['start', '-weight', 'text', 'kind', 'key'], name='search_name_by_weight')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'text'), name='search_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Purge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.PositiveSmallIntegerField(choices=[(1, 'what every page shows, or any may'), (2, 'an article: its text, its line in lists, its history'), (3, 'the comments of an article'), (4, 'a list of articles, or a span of it'), (5, 'how many articles the lists of a kind have'), (6, 'roughly how many articles a list has'), (7, 'a place'), (8, 'a person'), (9, 'an organisation'), (10, 'a tag'), (11, 'a section'), (12, 'an author'), (13, 'an image'), (14, 'the latest comments of all articles'), (15, 'the corrections of all articles'), (16, 'the sitemap of a month, YYYYMM')])),
                ('key', models.BigIntegerField()),
                ('first', models.BigIntegerField(null=True)),
                ('last', models.BigIntegerField(null=True)),
                ('transaction_id', models.BigIntegerField(default=0)),
                ('at', models.BigIntegerField(help_text='Seconds since 1970.')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['subject', 'key'], name='purge_of'), models.Index(fields=['transaction_id', 'id'], name='purge_transaction'), models.Index(fields=['at'], name='purge_at')],
            },
        ),
        # The lists of the desk, each in the whole order of its index, down to the id.
        migrations.RemoveIndex(model_name='article', name='article_of_status'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['status', '-updated_at', '-id'], name='article_of_status'),
        ),
        migrations.RemoveIndex(model_name='article', name='article_of_staff'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('created_by__isnull', False)), fields=['created_by', '-updated_at', '-id'], name='article_of_staff'),
        ),
        migrations.RemoveIndex(model_name='article', name='article_assigned'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('assigned_to__isnull', False)), fields=['assigned_to', '-updated_at', '-id'], name='article_assigned'),
        ),
        migrations.RemoveIndex(model_name='article', name='article_headline_drawn'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('headline_is_drawn', True)), fields=['-updated_at', '-id'], name='article_headline_drawn'),
        ),
        migrations.RemoveIndex(model_name='article', name='article_year_guessed'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('dateline_year_is_guess', True)), fields=['-updated_at', '-id'], name='article_year_guessed'),
        ),
        migrations.RemoveIndex(model_name='article', name='article_deindexed'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('deindexed_at__isnull', False)), fields=['-deindexed_at', '-id'], name='article_deindexed'),
        ),
        migrations.RemoveIndex(model_name='article', name='article_of_source'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['source', '-updated_at', '-id'], name='article_of_source'),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
