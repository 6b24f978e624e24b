import { sign } from "@octokit/webhooks-methods";

export const webhookSecret = "a secret of the tests";

/** A delivery as GitHub would send it. */
export interface Sent {
  id: string;
  event: string;
  payload: unknown;
}

/** What stands above a delivery, with a right signature. */
export const headersOf = async ({ id, event }: Omit<Sent, "payload">, body: string) => ({
  "content-type": "application/json",
  "x-github-event": event,
  "x-github-delivery": id,
  "x-hub-signature-256": await sign(webhookSecret, body),
});

/** Posts a delivery with a right signature, unless another is given. */
export async function post(
  url: string,
  { id, event, payload }: Sent,
  more: { signature?: string; body?: string; type?: string } = {},
): Promise<{ status: number; outcome: string | undefined }> {
  const body = more.body ?? JSON.stringify(payload);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      ...(await headersOf({ id, event }, body)),
      ...(more.type === undefined ? {} : { "content-type": more.type }),
      ...(more.signature === undefined ? {} : { "x-hub-signature-256": more.signature }),
    },
  });
  const { outcome } = (await response.json()) as { outcome?: string };
  return { status: response.status, outcome };
}
