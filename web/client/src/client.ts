import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Interview = Schemas["DeliveredInterview"];
export type LongTurn = Schemas["DeliveredLongTurn"];
export type Discussion = Schemas["DeliveredDiscussion"];
export type Question = Interview | LongTurn | Discussion;
export type MockTest = Schemas["DeliveredTest"];
export type ErrorCode = Schemas["ErrorCode"];
export type ErrorDetail = Schemas["ErrorDetail"];
export type { components, paths };

/** What the service said instead of an answer. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly details: readonly ErrorDetail[],
    readonly requestId: string,
    /** Seconds to wait before the next try, where the service named them. */
    readonly retryAfter: number | null,
  ) {
    super(message);
    this.name = "ServiceError";
  }
}

export interface Options {
  /** "https://APP.azurewebsites.net/api" */
  baseUrl: string;
  /** Called for every request; returns an access token, as MSAL's acquireTokenSilent does. */
  token: () => Promise<string>;
  fetch?: typeof globalThis.fetch;
}

/** A client that knows every path, body and answer; failures reject with a ServiceError. */
export function createSpeakingClient({ baseUrl, token, fetch }: Options): Client<paths> {
  const client = createClient<paths>({ baseUrl, ...(fetch && { fetch }) });
  client.use(signedWith(token), rejectFailures);
  return client;
}

/**
 * Send it, and once more for each time that the service asks to wait no longer than `longestWait`
 * seconds. Give the request an Idempotency-Key, and a repeated one costs nothing.
 */
export async function withPatience<T>(
  send: () => Promise<T>,
  { tries = 3, longestWait = 30 } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ServiceError) || attempt >= tries) throw error;
      const wait = error.retryAfter;
      if (wait === null || wait > longestWait) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }
}

function signedWith(token: Options["token"]): Middleware {
  return {
    async onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${await token()}`);
      return request;
    },
  };
}

const rejectFailures: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    const answer = (await response.clone().json()) as Schemas["Error"];
    const wait = response.headers.get("Retry-After");
    throw new ServiceError(
      response.status,
      answer.error.code,
      answer.message,
      answer.error.details,
      answer.request_id,
      wait === null ? null : Number(wait),
    );
  },
};
