"""Run the stand-in as a process: prints its address, serves until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from .behaviour import BEHAVIOURS, from_spec
from .deployment import Deployment
from .quota import Quota
from .server import Server
from .service import Service
from .stand_in import DEPLOYMENT, KEY


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("stand_in", description="Stands in for Azure OpenAI.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds every answer takes")
    parser.add_argument("--rpm", type=int, help="requests per minute and deployment")
    parser.add_argument("--tpm", type=int, help="tokens per minute and deployment")
    parser.add_argument("--deployment", action="append", help="name; may be given repeatedly")
    parser.add_argument("--key", action="append", help=f"accepted key; {KEY} by default")
    behaviours = ", ".join(BEHAVIOURS)
    parser.add_argument(
        "--behaviour",
        default="ok",
        help=f'a name, or JSON: {{"name": "latency", "seconds": 2}}. Names: {behaviours}',
    )
    parser.add_argument("--no-recording", action="store_true", help="keep no requests")
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    deployments = [
        Deployment(name, arguments.latency, Quota(arguments.rpm, arguments.tpm))
        for name in arguments.deployment or [DEPLOYMENT]
    ]
    wanted = arguments.behaviour
    if wanted.startswith("{"):
        wanted = json.loads(wanted)
    service = Service(deployments, arguments.key or [KEY])
    service.behaviour = from_spec(wanted)
    service.recording = not arguments.no_recording
    server = Server(service)
    await server.open(arguments.port)
    sys.stdout.write(f"http://127.0.0.1:{server.port}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    try:
        asyncio.run(_serve(_arguments()))
    except KeyboardInterrupt:
        sys.exit(0)
