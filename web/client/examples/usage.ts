/** What docs/frontend.md shows, type-checked in the tests. */
import { type ErrorCode, type Question, ServiceError, createSpeakingClient, withPatience } from "../src/client";

const client = createSpeakingClient({
  baseUrl: "https://app.azurewebsites.net/api",
  token: async () => "an access token",
});

export async function cueCard(topic: string): Promise<string[]> {
  const key = crypto.randomUUID(); // one for the click of the button, not one for each try
  const { data } = await withPatience(() =>
    client.POST("/generate-question", {
      params: { header: { "Idempotency-Key": key } },
      body: { part: 2, topic },
    }),
  );
  return data === undefined ? [] : lines(data.data);
}

export async function mockTest(): Promise<string[]> {
  const { data } = await client.POST("/generate-test", { body: { practice_difficulty: "standard" } });
  return data?.data.steps.map((step) => `${step.kind}: ${step.says} (${step.seconds.most} s)`) ?? [];
}

/** `part` tells the three kinds of question apart. */
export function lines(question: Question): string[] {
  switch (question.part) {
    case 1:
      return question.questions;
    case 2:
      return [question.cue_card.describe, ...question.cue_card.bullets, question.cue_card.closing];
    case 3:
      return question.themes.flatMap((theme) => [theme.theme, ...theme.questions]);
  }
}

const ASK_AGAIN: readonly ErrorCode[] = ["rate_limited", "quota_exceeded", "still_running", "unavailable"];

export function sentence(error: unknown): string {
  if (!(error instanceof ServiceError)) return "The service cannot be reached.";
  if (error.code === "unauthorized") return "Sign in again.";
  if (ASK_AGAIN.includes(error.code) && error.retryAfter !== null) {
    return `${error.message} You can go on in ${error.retryAfter} seconds.`;
  }
  return [error.message, ...error.details.map((detail) => detail.message)].join(" ");
}

// @ts-expect-error the service knows no Part 4
client.POST("/generate-question", { body: { part: 4 } });
// @ts-expect-error nor such a path
client.GET("/no-such-path");
