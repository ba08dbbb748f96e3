"""Find the packages; the theme is one of its own, kept at the top of the repository."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["okrsite", "okrsite.*"]), "okrsite.theme"])
