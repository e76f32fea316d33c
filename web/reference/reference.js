// "Authorize" takes a token, "Try it out" sends a request with it. Nothing leaves for a third
// party: no validator badge, and the page's policy would not allow it.
window.SwaggerUIBundle({
  url: new URL("../openapi.json", document.baseURI).href,
  dom_id: "#reference",
  validatorUrl: null,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
});
