import { z } from "zod";
import type { Comment } from "../core/model/event.ts";
import { account, instant, numberAtEnd, wholeNumber } from "./map-fields.ts";

const comment = z.object({
  id: wholeNumber,
  issue_url: z.string().optional(),
  created_at: instant,
  updated_at: instant.nullish(),
  user: account,
  body: z.string().nullish(),
});

/** An issue comment, or a timeline's `commented` entry (whose issue the timeline names). Throws ZodError. */
export function mapComment(raw: unknown, issueNumber?: number): Comment {
  const { id, issue_url, created_at, updated_at, user, body } = comment.parse(raw);
  const issue = issueNumber ?? (issue_url === undefined ? null : numberAtEnd(issue_url));
  if (issue === null) throw new Error(`comment ${id} names no issue`);
  return { id, issue, at: created_at, updatedAt: updated_at ?? created_at, author: user, body: body ?? "" };
}
