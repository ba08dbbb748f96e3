"""`python -m tests.benchmarks`: measure, and print one table."""

from tests.benchmarks.run import main

main()
