"""Sites the way careless and hostile hands write them, through everything that reads them.

`python -m tests.fuzz --minutes 60 --seed 1` makes small sites out of realistic documents, tables of
readings and a mkdocs.yml, spoils each in a few places, and follows it all the way: configure, load,
publish, score, judge, export, and every page's view rendered. Every hundredth goes through `okrsite
build` as well. Nothing may raise, what is wrong in the settings is one sentence, every score lies
in 0 to 1, no text becomes markup, and no title of a private document is published. Every example
has a number, and follows from the seed and that number alone: `--only 123` makes it again.
"""
