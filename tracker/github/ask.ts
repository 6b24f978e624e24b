import { RequestError } from "@octokit/request-error";
import { z } from "zod";
import type { RawPage } from "../core/model/page.ts";
import { GitHubRefusedError } from "../errors.ts";
import type { Client } from "./client.ts";

/** Small texts kept between syncs, in the same database as the history. */
export interface Cursors {
  get(key: string): string | null;
  set(key: string, value: string): void;
  delete(key: string): void;
}

/** One answer of GitHub. `saveCursor` must be run in the transaction that keeps `page`: it moves the cursor. */
export interface Pulled {
  page: RawPage;
  saveCursor: () => void;
  /** Which page of this listing it is, and of how many, where GitHub says so. */
  place: { page: number; of: number } | null;
  /** It is of an issue that arrived; `place` then counts such issues. */
  isArrival?: true;
}

export interface Answer {
  items: unknown[];
  /** The next page's address below the API's base; null on the last page. */
  next: string | null;
  etag: string | null;
  /** When GitHub gave the answer, epoch milliseconds. */
  at: number;
  place: Pulled["place"];
}

/** Events land later than the change that they tell of, and clocks differ: what is asked for overlaps by this much. */
export const overlap = 10 * 60_000;

/** Objects on a page: the most that GitHub gives. */
export const perPage = 100;

const items = z.array(z.unknown());

/**
 * Asks for one page; null where GitHub says that nothing changed since `etag`. Requests follow `Link` alone.
 * `onUnchanged`: when it said so, epoch milliseconds.
 */
export async function ask(
  client: Client,
  url: string,
  etag: string | null,
  onUnchanged?: (at: number) => void,
): Promise<Answer | null> {
  try {
    const response = await client.request({
      method: "GET",
      url,
      headers: etag === null ? {} : { "if-none-match": etag },
    });
    return answerOf(client, url, response);
  } catch (error) {
    if (!(error instanceof RequestError) || error.status !== 304) throw error;
    // Nothing to compare with was sent: a cache on the way answers for somebody else.
    if (etag === null) throw oddAnswer(client.request.endpoint.DEFAULTS.baseUrl);
    onUnchanged?.(answeredAt(error.response?.headers ?? {}));
    return null;
  }
}

/**
 * The same for what stands below a single issue. A redirect is not followed, and is given as its status, as is what GitHub
 * says in the place of what is gone.
 */
export async function askStaying(client: Client, url: string): Promise<Answer | number> {
  try {
    const response = await client.request({ method: "GET", url, request: { redirect: "manual" } });
    return leads(response.status) ? response.status : answerOf(client, url, response);
  } catch (error) {
    if (error instanceof RequestError && isGone(error)) return error.status;
    throw error;
  }
}

/**
 * What a single issue is answered with where it is gone is said of every issue of a repository that became private, was
 * deleted or has its issues turned off while a sync runs. Throws RequestError where that is so.
 */
export async function requireListing(client: Client, repository: string): Promise<void> {
  await ask(client, addressOf(repository, "issues", { state: "all", per_page: "1" }), null);
}

/** Statuses that lead to another address. */
export const leads = (status: number): boolean => [301, 302, 307, 308].includes(status);

function answerOf(client: Client, url: string, { data, headers }: Response): Answer {
  const base = client.request.endpoint.DEFAULTS.baseUrl;
  const next = linked(headers.link, "next", base);
  // A page that leads to itself is none of GitHub's, whoever asks for it.
  if (next === url) throw leadsBack();
  return {
    items: itemsOf(data, base),
    next,
    etag: headers.etag ?? null,
    at: answeredAt(headers),
    place: placeOf(url, linked(headers.link, "last", base)),
  };
}

type Response = Pick<Awaited<ReturnType<Client["request"]>>, "data" | "headers">;

/**
 * Follows the pages of one listing: given each address before it is asked for. Errors: GitHubRefusedError
 * `github-odd-answer` at one that was asked for before: its pages lead round in a ring, and would be read for ever.
 */
export function createTrail(): (url: string) => void {
  const passed = new Set<string>();
  return (url) => {
    if (passed.has(url)) throw leadsBack();
    passed.add(url);
  };
}

const leadsBack = (): GitHubRefusedError =>
  new GitHubRefusedError("github-odd-answer", "GitHub's pages lead back to one that was read already", {
    hint: "What was fetched is kept; run the same command again. Where it stays so, a proxy or cache on the way to GitHub may answer with the wrong page.",
  });

/** When GitHub gave an answer, epoch milliseconds. */
export function answeredAt(headers: { date?: string }): number {
  const date = Date.parse(headers.date ?? "");
  return Number.isNaN(date) ? Date.now() : date;
}

function itemsOf(data: unknown, base: string): unknown[] {
  const list = items.safeParse(data);
  if (list.success) return list.data;
  throw oddAnswer(base);
}

export const oddAnswer = (base: string): GitHubRefusedError =>
  new GitHubRefusedError("github-odd-answer", `${new URL(base).host} does not answer as GitHub does`, {
    hint: "A proxy, or the sign-in page of a network, may answer in its place: look at the network. GITHUB_API_URL must be the address of GitHub's REST API, such as https://api.github.com. What was fetched is kept; run the same command again.",
  });

/**
 * Another page's address, kept without its host: a cursor in the database can then never lead a later sync, and the
 * token with it, to another server than the one that is asked now.
 */
function linked(link: string | undefined, rel: "next" | "last", base: string): string | null {
  const found = new RegExp(`<([^>]+)>;\\s*rel="${rel}"`).exec(link ?? "")?.[1];
  if (found === undefined) return null;
  const { pathname, search } = new URL(found, base);
  const below = new URL(base).pathname.replace(/\/$/, "");
  return (
    (below !== "" && pathname.startsWith(`${below}/`) ? pathname.slice(below.length) : pathname) + search
  );
}

/** GitHub names the last page only where it counts pages. */
function placeOf(url: string, last: string | null): Pulled["place"] {
  const pageIn = (address: string) =>
    Number(new URL(address, "http://github.invalid").searchParams.get("page"));
  const of = last === null ? 0 : pageIn(last);
  return of > 0 ? { page: Math.max(1, pageIn(url)), of } : null;
}

/** When an object was updated or created, epoch milliseconds; null where it does not say. */
export function instantOf(item: unknown, key: "updated_at" | "created_at"): number | null {
  const value = item !== null && typeof item === "object" ? Reflect.get(item, key) : undefined;
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** Newest and oldest of the instants that objects give; null where none does. */
export function spanOf(
  list: readonly unknown[],
  key: "updated_at" | "created_at",
): { oldest: number; newest: number } | null {
  const instants = list.map((item) => instantOf(item, key)).filter((at) => at !== null);
  return instants.length === 0 ? null : { oldest: Math.min(...instants), newest: Math.max(...instants) };
}

/** Objects at the end of a page that tell how far back it reaches: a single one may be an old one among new ones. */
const tail = 10;

/**
 * Whether a page that lists the newest first ends in what was created before `limit`, epoch milliseconds. What bears an id
 * above `known` was written later than it is dated, such as all that an issue brings from another repository.
 */
export function endsBefore(
  list: readonly unknown[],
  limit: number,
  known: number = Number.POSITIVE_INFINITY,
): boolean {
  const dated = list.filter((item) => instantOf(item, "created_at") !== null);
  const isBefore = (item: unknown) =>
    (instantOf(item, "created_at") ?? limit) < limit && !(idOf(item) > known);
  return dated.length > 0 && dated.slice(-tail).every(isBefore);
}

const idOf = (item: unknown): number => Number((item as { id?: unknown } | null)?.id);

/** The greatest id of these objects and of `least`. */
export const newestId = (list: readonly unknown[], least: number): number =>
  list.map(idOf).reduce((newest, id) => (id > newest ? id : newest), least);

/** GitHub shows only so many pages of a listing and refuses those beyond. */
export const isBeyond = (error: unknown): boolean => error instanceof RequestError && error.status === 422;

/** Answers that stand in the place of what is there no more, or must not be shown (451). */
export const absent: readonly number[] = [404, 410, 451];

/** A page that GitHub no longer gives, such as a cursor of long ago, or what is below an issue that is gone. */
export const isGone = (error: unknown): boolean =>
  isBeyond(error) || (error instanceof RequestError && absent.includes(error.status));

export function addressOf(repository: string, path: string, query: Record<string, string>): string {
  return `/repos/${repository}/${path}?${new URLSearchParams(query)}`;
}

/** A remembered value, or null where there is none or it is of another shape (an older version's, say). */
export function loadCursor<T>(memory: Cursors, key: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(memory.get(key) ?? ""));
  } catch {
    return null;
  }
}
