"""Print the API's description, as docs/openapi.json keeps it.

python -m tools.print_openapi > docs/openapi.json
"""

from __future__ import annotations

import sys


def main() -> None:
    """Write the document to standard output."""
    from function_app import description  # noqa: PLC0415 - starts the app, with its settings

    sys.stdout.buffer.write(description.file.content)


if __name__ == "__main__":
    main()
