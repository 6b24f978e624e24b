import { z } from "zod";

/** Front matter of `content/posts/*.md`. */
export const postSchema = z.strictObject({
  title: z.string().min(1).describe("Headline"),
  kind: z.enum(["planning", "daily", "review", "note"]).describe("What the post is"),
  sprint: z.int().positive().nullable().default(null).describe("Number of the sprint it belongs to"),
  date: z
    .preprocess(
      (v) => (v instanceof Date ? v.toISOString().slice(0, 10) : v),
      z.iso.date("expected a day, YYYY-MM-DD"),
    )
    .describe("Day of the post; one to come keeps it off the site until then"),
  summary: z.string().default("").describe("One or two sentences for lists and feeds"),
  authors: z.array(z.string().min(1)).default([]).describe("Who wrote it"),
  draft: z.boolean().default(false).describe("true keeps it off the site"),
});

export type PostFront = z.infer<typeof postSchema>;
