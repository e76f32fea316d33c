"""A local host for Azure Functions in Python: serves an app folder's HTTP functions with Quart.

It stands in for `func start` where Core Tools are not installed, and does for HTTP triggers what
the Functions host does. Function keys are not asked for, as in Core Tools; other triggers and
bindings are named at the start and not served.

    command.py      the command line: what to serve, where, with reload or without
    reload.py       a new process whenever the app's files change
    server.py       hypercorn on one port, until SIGINT or SIGTERM
    front.py        the HTTP side: CORS, routing, limits, errors (Quart)
    cors.py         cross-origin requests as in local.settings.json
    routing.py      route templates and which function a request goes to
    constraints.py  the constraints in route templates
    exchange.py     an HTTP request as the host hands it to a worker, and a worker's answer as HTTP
    engine.py       the seam: what calls the functions
    direct.py       the engine that calls them in this process
    settings.py     host.json and local.settings.json
"""
