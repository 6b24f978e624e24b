import { sign } from "@octokit/webhooks-methods";

export const webhookSecret = "a secret of the tests";

/** A delivery as GitHub would send it. */
export interface Sent {
  id: string;
  event: string;
  payload: unknown;
}

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
      "content-type": more.type ?? "application/json",
      "x-github-event": event,
      "x-github-delivery": id,
      "x-hub-signature-256": more.signature ?? (await sign(webhookSecret, body)),
    },
  });
  const { outcome } = (await response.json()) as { outcome?: string };
  return { status: response.status, outcome };
}
