// Starts the provider on a free loopback port, prints its issuer, and runs until stdin closes.
// A token request may carry `claims`, a JSON object that is merged into the access token.
import { OAuth2Server } from "oauth2-mock-server";

const server = new OAuth2Server();
await server.issuer.keys.generate("RS256");
await server.start(0, "127.0.0.1");
server.service.on("beforeTokenSigning", (token, request) => {
  Object.assign(token.payload, JSON.parse(request.body.claims ?? "{}"));
});
console.log(server.issuer.url);

process.stdin.resume();
process.stdin.on("end", () => server.stop());
