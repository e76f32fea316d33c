"""A bare handler: nothing is read, nothing is checked."""

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="generate-question", methods=["POST"])
async def generate_question(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding asks for it
    return func.HttpResponse('{"answer": "yes"}', mimetype="application/json")
