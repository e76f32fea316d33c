"""Judge the generator on a run of its own: `make eval`, `make eval-compare`.

- collect: run the generator, bounded and seeded
- records: what a run leaves behind, as JSON
- published: the figures to measure against, with their source
- texts, kinds: the texts of an item, and the kinds of question by their wording
- measure, compare: pure figures, of one run and of two
- views, plots: what the pages show; report: the pages themselves
"""
