const LONGEST_WAIT_MS = 60_000;

/** What the service said instead of an answer, or that it could not be reached. */
export class Problem extends Error {
  constructor({ code, message = "", details = [], retryAfter = null, requestId = null }) {
    super(message);
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }
}

/** The API, at an address that ends in a slash, called with the session's tokens. */
export class Service {
  constructor(address, session) {
    this.address = address;
    this.session = session;
  }

  /** One item of a part, or a whole mock test. Resolves to {data, meta}; rejects with a Problem. */
  generate({ path, key, body }) {
    return this.#call(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    });
  }

  /** The topic catalogue. */
  topics() {
    return this.#call("topics", {});
  }

  /** What this candidate was given, the newest first; rejects where the service remembers nothing. */
  async history() {
    const { data } = await this.#call("history?limit=40", {});
    return data.items;
  }

  /** Have the service forget everything about this candidate. */
  forget() {
    return this.#call("history", { method: "DELETE" });
  }

  async #call(path, options) {
    const token = await this.session.token();
    const headers = { ...options.headers, Authorization: `Bearer ${token}` };
    let response;
    try {
      response = await fetch(new URL(path, this.address), {
        ...options,
        headers,
        signal: AbortSignal.timeout(LONGEST_WAIT_MS),
      });
    } catch (error) {
      throw new Problem({ code: error.name === "TimeoutError" ? "no_answer" : "unreachable" });
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer?.status === "success") return answer;
    throw problemOf(response, answer);
  }
}

function problemOf(response, answer) {
  const message = answer?.message ?? "";
  return new Problem({
    code: answer?.error?.code ?? "not_understood",
    message,
    details: answer?.error?.details ?? [],
    retryAfter: Number(response.headers.get("Retry-After")) || secondsIn(message),
    requestId: answer?.request_id ?? response.headers.get("X-Request-ID"),
  });
}

/** The wait that a sentence names: another site's page may not read the Retry-After header. */
function secondsIn(message) {
  const seconds = /in (\d+) seconds/.exec(message);
  const hours = /in (\d+) h (\d+) min/.exec(message);
  if (seconds) return Number(seconds[1]);
  return hours ? (Number(hours[1]) * 60 + Number(hours[2])) * 60 : null;
}
