import { z } from "zod";

/** A single name may stand without its brackets: `authors: Ana`. */
const names = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z.array(z.string().trim().min(1)).default([]),
);
/** A scheme other than these could run something in the reader's browser, which overlooks control characters in it. */
const place = z
  .string()
  .trim()
  .min(1)
  .refine(
    (value) => !/\p{Cc}|^([a-z][a-z\d+.-]*:|\/\/)/iu.test(value) || /^https?:\/\/\P{Cc}+$/iu.test(value),
    {
      error: "expected an address such as https://video.example/42, or the path of a file from the post",
    },
  );

/** Front matter of `content/posts/*.md`. */
export const postSchema = z
  .strictObject({
    title: z
      .string()
      .min(1)
      .meta({ examples: ["Review of sprint 1"] })
      .describe("Headline"),
    kind: z.enum(["planning", "daily", "review", "note"]).describe("What the post is"),
    sprint: z.int().positive().nullable().default(null).describe("Number of the sprint it belongs to"),
    team: z
      .string()
      .min(1)
      .optional()
      .describe("Team of that sprint, where several teams have one of its number"),
    date: z
      .preprocess(
        (v) => (v instanceof Date ? v.toISOString().slice(0, 10) : v),
        z.iso.date("expected a day, YYYY-MM-DD"),
      )
      .describe("Day of the post; one to come keeps it off the site until then"),
    summary: z.string().default("").describe("One or two sentences for lists and feeds"),
    authors: names.describe("Who wrote it; each has a page of their posts"),
    tags: names.describe("What it is about; each has a page of its posts"),
    recording: place
      .nullable()
      .default(null)
      .describe("Recording of the meeting: an address, or a file beside the post"),
    slides: place.nullable().default(null).describe("Slides shown: an address, or a file beside the post"),
    draft: z.boolean().default(false).describe("true keeps it off the site"),
  })
  .meta({ examples: [{ title: "Review of sprint 1", kind: "review", sprint: 1, date: "2026-01-16" }] });

export type PostFront = z.infer<typeof postSchema>;
