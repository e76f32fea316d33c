"""Collect the latest results into docs/benchmarks.md."""

from bench.harness.report import PAGE, write_page

if __name__ == "__main__":
    write_page()
    print(f"{PAGE} is written.")
