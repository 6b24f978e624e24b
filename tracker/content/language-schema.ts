import { z } from "zod";
import { isLocale, type OwnTexts, textFaults } from "../words/own-texts.ts";

export const localeSchema = z
  .string()
  .refine(isLocale, "expected a BCP 47 locale such as de-AT")
  .default("en-GB")
  .describe("BCP 47 locale: the language of the site, its dates and numbers, and its direction");

export const textsSchema = z
  .record(z.string(), z.unknown())
  .default({})
  .superRefine(({ view: _, ...texts }, ctx) => {
    // What the live view says is the site's business, which knows its texts.
    for (const { path, problem } of textFaults(texts))
      ctx.addIssue({ code: "custom", path, message: problem });
  })
  .transform((texts) => texts as OwnTexts)
  .meta({ examples: [{ frame: { nav: { about: "About us" } } }] })
  .describe("Texts of the site in the team's own words, by their names");
