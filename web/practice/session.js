import { Kept } from "./kept.js";
import { Problem } from "./service.js";

const pasted = new Kept(sessionStorage, "token", null);

/** Who is practising: the local token, a pasted one, or an account of the identity provider. */
export class Session {
  /** @param settings `token` on your own machine, `sign_in` where an identity provider is set. */
  constructor(settings) {
    this.local = settings.token ?? null;
    this.signIn = settings.sign_in ?? null;
    this.client = null;
    this.account = null;
  }

  /** Finish a sign-in that this page was redirected back from, if there is one. */
  async begin() {
    if (!this.signIn) return;
    this.client = await msalClient(this.signIn);
    const answer = await this.client.handleRedirectPromise();
    this.account = answer?.account ?? this.client.getAllAccounts()[0] ?? null;
  }

  /** Whether a request can be sent. */
  get known() {
    return Boolean(this.local ?? pasted.read() ?? this.account);
  }

  /** Whether the token came with the page, so that there is nothing to sign out of. */
  get isLocal() {
    return Boolean(this.local) && !pasted.read();
  }

  /** An access token; rejects with a Problem where there is none. */
  async token() {
    const given = pasted.read() ?? this.local;
    if (given) return given;
    if (!this.account) throw new Problem({ code: "unauthorized" });
    const request = { scopes: [this.signIn.scope], account: this.account };
    try {
      return (await this.client.acquireTokenSilent(request)).accessToken;
    } catch {
      throw new Problem({ code: "unauthorized" });
    }
  }

  /** Leave for the identity provider, which sends the candidate back here. */
  redirect() {
    return this.client.loginRedirect({ scopes: [this.signIn.scope] });
  }

  /** Use a token that somebody pasted, for as long as the tab is open. */
  use(token) {
    pasted.write(token.trim().replace(/^bearer\s+/i, ""));
  }

  /** Forget who was here. */
  async end() {
    pasted.forget();
    if (this.account) await this.client.logoutRedirect({ account: this.account });
  }
}

async function msalClient({ client_id: clientId, authority }) {
  await script("lib/msal-browser.min.js");
  const page = new URL(".", document.baseURI).href.replace(/\/$/, "");
  const client = new window.msal.PublicClientApplication({
    auth: { clientId, authority, redirectUri: page, postLogoutRedirectUri: page },
    cache: { cacheLocation: "sessionStorage" },
  });
  await client.initialize();
  return client;
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = () => reject(new Problem({ code: "unreachable" }));
    document.head.append(element);
  });
}
