import { RequestError } from "@octokit/request-error";
import type { Cursors } from "../../github/ask.ts";
import type { Client } from "../../github/client.ts";

/** What is answered to one request. Default: an empty page of status 200. */
export interface Scripted {
  data?: unknown;
  headers?: Record<string, string | undefined> | undefined;
  status?: number | undefined;
}

/** A client whose answers a test writes by hand: pages such as no honest server gives; `asked`: every address. */
export function scriptedClient(
  answer: (url: string, headers: Record<string, string>) => Scripted | undefined,
): { client: Client; asked: string[] } {
  const baseUrl = "https://api.example.org";
  const asked: string[] = [];
  const request = async ({ url, headers = {} }: { url: string; headers?: Record<string, string> }) => {
    asked.push(url);
    if (asked.length > 50) throw new Error(`asked for ever: ${url}`);
    const { data = [], headers: told = {}, status = 200 } = answer(url, headers) ?? { status: 404 };
    if (status < 300 || status === 301) return { data, headers: told, status };
    const response = { status, url, headers: told as Record<string, string>, data };
    throw new RequestError("x", status, { request: { method: "GET", url, headers: {} }, response });
  };
  const client = Object.assign(request, { endpoint: { DEFAULTS: { baseUrl } } });
  return { client: { request: client } as unknown as Client, asked };
}

/** Cursors that are kept nowhere. */
export function memoryCursors(): Cursors & { keys: () => string[] } {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    delete: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

/** Draws pages as a sync does, each cursor saved with its page; `stopAfter`: pages after which it is cut off. */
export async function keptOf<T extends { saveCursor: () => void; page: { items: unknown[] } }>(
  pulled: AsyncGenerator<T, unknown>,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let pages = 0;
  for await (const { page, saveCursor } of pulled) {
    items.push(...page.items);
    saveCursor();
    pages += 1;
    if (pages === stopAfter) break;
  }
  return items;
}
