"""``make bench``: every budget, measured side by side in one run.

``python -m benchmarks pages library`` runs only these parts.
"""

import argparse
from importlib import import_module

from benchmarks.report import markdown

PARTS = (
    "library",
    "physiology",
    "detection",
    "pages",
    "lines",
    "sliders",
    "visits",
    "classroom",
    "load",
    "farm",
    "site",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to run (all)")
    for part in parser.parse_args().parts or PARTS:
        rows = import_module(f"benchmarks.{part}").rows()
        print(f"\n## {part}\n\n{markdown(rows)}", flush=True)


if __name__ == "__main__":
    main()
