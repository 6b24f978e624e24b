import { z } from "zod";
import { present } from "../core/model/present.ts";
import { isRepositoryName } from "../core/model/repository-name.ts";
import type { Rules } from "../core/model/rules.ts";
import type { Mark } from "../core/model/sprint.ts";
import { budgetSchema } from "./budget-schema.ts";
import { checkLanes, defaultLanes, lanesSchema } from "./lane-schema.ts";
import { localeSchema, textsSchema } from "./language-schema.ts";
import {
  actualSchema,
  checkFields,
  checkUnit,
  defaultSizes,
  effortField,
  estimateSchema,
  sizes,
  sizesInDays,
  unit,
} from "./size-schema.ts";
import { slugOf } from "./slug.ts";
import { day, someLabels, teamSchema, workdays, zone } from "./team-schema.ts";
import { themeSchema } from "./theme-schema.ts";

const socket = z.url({
  protocol: /^(wss?|https?)$/,
  error: "expected an address such as wss://demo.example.org/live",
});
const link = z.strictObject({
  label: z.string().min(1).describe("Words of the link"),
  url: z.url({ protocol: /^(https?|mailto)$/ }).describe("Where it leads: http, https or mailto"),
});

/** Where a GitHub is on the web, without a slash at its end. */
const gitHub = z
  .url({ protocol: /^https?$/, error: "expected an address such as https://github.example.com", abort: true })
  .refine((text) => new URL(text).href === `${new URL(text).origin}/`, "expected an address without a path")
  .transform((text) => new URL(text).origin);

const repositoryName = z
  .string()
  .refine(isRepositoryName, "expected owner/name")
  .meta({ examples: ["octo-org/rocket"] });

/** `content/settings.yml`. Only `timeZone` and one of `repository` and `repositories` are required. */
export const settingsSchema = z
  .strictObject({
    repository: repositoryName.optional().describe("The GitHub repository, owner/name; this or repositories"),
    repositories: z
      .array(repositoryName)
      .min(1)
      .optional()
      .describe("Several of them, for sprints over all; a bare #12 is an issue of the first"),
    github: gitHub
      .default("https://github.com")
      .describe("Web address of the GitHub that has them, for GitHub Enterprise"),
    timeZone: zone.describe("The team's IANA time zone"),
    teams: z
      .array(teamSchema)
      .default([])
      .describe("Teams whose sprints may overlap; a sprint names its own with team"),
    title: z.string().min(1).default("Sprint reviews").describe("Name of the site"),
    tagline: z.string().default("").describe("One line under the title"),
    description: z.string().default("").describe("What search engines and feed readers show"),
    footer: z.string().default("").describe("Closing words on every page"),
    url: z
      .url()
      .optional()
      .describe("Where the site is published, with its base path; canonical links need it"),
    locale: localeSchema,
    texts: textsSchema,
    links: z
      .boolean()
      .default(true)
      .describe("Link cards to the repository on GitHub; false for one that has no web address"),
    count: z
      .enum(["issues", "pulls", "both"])
      .default("issues")
      .describe("What counts as a task: issues, pull requests, or both"),
    workdays: workdays.default([1, 2, 3, 4, 5]).describe("ISO weekdays worked, Monday = 1"),
    daysOff: z.array(day).default([]).describe("Days off, YYYY-MM-DD"),
    hoursPerDay: z.number().positive().max(24).default(8).describe("Hours of a man-day, for /spend 4h"),
    daysPerWeek: z.number().positive().max(7).default(5).describe("Man-days of a week, for /spend 1w"),
    planGraceHours: z
      .number()
      .min(0)
      .default(0)
      .describe("Hours after a sprint's start in which planning may still change the commitment"),
    membership: z
      .enum(["milestone", "label", "status", "iteration"])
      .default("milestone")
      .describe("What puts an issue in a sprint, where a sprint does not say"),
    project: z
      .union([z.int().positive(), z.string().min(1)])
      .optional()
      .describe("Number or title of the one Projects v2 project that counts; without it every project does"),
    lanes: lanesSchema
      .default(defaultLanes)
      .describe("Lanes in board order; where several rules hold, the lane furthest along decides"),
    unit: unit
      .default("days")
      .describe("What sizes count: man-days, or points, which are never added to effort in days"),
    sizes: sizes
      .optional()
      .meta({ default: sizesInDays })
      .describe("Man-days per size; with unit: points, points per size, and none by default"),
    estimate: estimateSchema
      .optional()
      .describe("Where estimates stand, if not in labels; needs a token that reads GraphQL"),
    actual: actualSchema
      .optional()
      .describe("Where effort really spent stands: in labels and comments, or in a field alone"),
    sizePrefix: z.string().min(1).default("size: ").describe("Label prefix of an estimate"),
    actualPrefix: z.string().min(1).default("actual: ").describe("Label prefix of actual effort"),
    labels: z
      .strictObject({
        debt: someLabels.default(["technical debt"]).describe("Labels of technical debt"),
        freezebox: someLabels.default(["freezebox"]).describe("Labels of dropped work"),
        kalmPrefix: z.string().min(1).default("kalm: ").describe("Label prefix of KALM issues"),
      })
      .prefault({})
      .describe("Labels that carry meaning"),
    types: z
      .strictObject({
        debt: z
          .array(z.string().min(1))
          .default([])
          .describe("Issue types of technical debt, beside the labels or in their place"),
      })
      .prefault({})
      .describe("Issue types that carry meaning, in any case"),
    budget: budgetSchema
      .optional()
      .describe("What is planned to be spent on services; reports show it beside what was billed"),
    daily: z
      .strictObject({
        time: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM")
          .meta({ examples: ["09:15"] })
          .describe("Local time of the daily scrum, HH:MM"),
        minutes: z.int().positive().max(240).default(15).describe("Its length in minutes"),
      })
      .nullable()
      .default(null)
      .describe("The daily scrum, for the calendar"),
    social: z.array(link).default([]).describe("Links in the site's footer"),
    subscribe: link.nullable().default(null).describe("Where readers subscribe"),
    logo: z.string().nullable().default(null).describe("Path of a logo under content/, SVG or PNG"),
    theme: themeSchema.default({}).describe("Custom properties of the site's design and their colours"),
    live: z
      .union([z.boolean(), z.strictObject({ url: socket.describe("Address of its websocket") })])
      .default(false)
      .describe(
        "Whether the site has a live demo: true where its server is on the same host, else its address",
      ),
    liveUrl: socket.nullable().default(null).describe("The same as live.url, in older settings"),
  })
  .refine(namesRepository, {
    path: ["repository"],
    error: "is missing, expected owner/name, or a list of them as repositories",
    // Told together with whatever else is wrong.
    when: ({ value }) => value !== null && typeof value === "object" && !Array.isArray(value),
  })
  .superRefine((settings, ctx) => {
    checkRepositories(settings, ctx);
    checkLanes(settings.lanes, ["lanes"], ctx);
    checkUnit(settings, ctx);
    checkFields(settings, ctx);
    const addresses = settings.teams.map(({ name }) => slugOf(name));
    for (const [index, { name, lanes }] of settings.teams.entries()) {
      if (lanes !== undefined) checkLanes(lanes, ["teams", index, "lanes"], ctx);
      if (addresses.indexOf(slugOf(name)) !== index)
        ctx.addIssue({
          code: "custom",
          path: ["teams", index, "name"],
          message: "another team is called so",
        });
    }
  })
  .meta({ examples: [{ repository: "octo-org/rocket", timeZone: "Europe/Vienna" }] });

type Written = z.infer<typeof settingsSchema>;

function namesRepository(written: { repository?: unknown; repositories?: unknown }): boolean {
  return written.repository !== undefined || written.repositories !== undefined;
}

function checkRepositories(
  { repository, repositories }: { repository?: string; repositories?: string[] },
  ctx: z.core.$RefinementCtx,
): void {
  const fail = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  if (repository !== undefined && repositories !== undefined)
    fail("repositories", "expected either repository or repositories");
  const lower = (repositories ?? []).map((name) => name.toLowerCase());
  const twice = lower.find((name, index) => lower.indexOf(name) !== index);
  if (twice !== undefined) fail("repositories", `${twice} is listed twice`);
}

/** The settings as everything reads them: `repositories` lists them all, `repository` is the first. */
export type Settings = Omit<Written, "repository" | "repositories" | "sizes"> & {
  repository: string;
  repositories: string[];
  sizes: Record<string, number>;
};

export function settingsFrom({ repository, repositories, ...rest }: Written): Settings {
  const names = repositories ?? [present(repository)];
  const sizes = rest.sizes ?? defaultSizes(rest.unit);
  return { ...rest, sizes, repository: present(names[0]), repositories: names };
}

/** The settings of one team of several; null: of those sprints that name none. */
export function settingsOfTeam(settings: Settings, team: string | null): Settings {
  const found = settings.teams.find(({ name }) => name === team);
  if (found === undefined) return settings;
  const { name: _, labels, ...own } = found;
  // Sizes of one unit say nothing in another.
  const isOther = own.unit !== undefined && own.unit !== settings.unit;
  const sizes = own.sizes ?? (isOther ? defaultSizes(own.unit ?? "days") : settings.sizes);
  return { ...settings, ...own, sizes, labels: { ...settings.labels, ...labels } };
}

/** The live demo that the team has set up: the address of its websocket, null on the same host. Null: there is none. */
export function liveOf({ live, liveUrl }: Pick<Settings, "live" | "liveUrl">): { url: string | null } | null {
  if (typeof live === "object") return live;
  return live || liveUrl !== null ? { url: liveUrl } : null;
}

/** Whether estimates or effort stand in issue fields, which cost requests of their own. */
export const needsIssueFields = ({ estimate, actual }: Pick<Settings, "estimate" | "actual">): boolean =>
  estimate?.from === "issue-field" || actual?.from === "issue-field";

/** Whether anything that the team says rests on Projects v2, which cost requests of their own. */
export function needsProjects(settings: Settings, marks: readonly Mark[]): boolean {
  return (
    settings.project !== undefined ||
    settings.estimate?.from === "project-field" ||
    settings.actual?.from === "project-field" ||
    lanesOfAll(settings).some((lane) => lane.when.status !== undefined) ||
    marks.some((mark) => mark.by === "status" || mark.by === "iteration")
  );
}

/** The lanes of sprints that name no team, and those that teams have of their own. */
export const lanesOfAll = ({ lanes, teams }: Pick<Settings, "lanes" | "teams">): Settings["lanes"] => [
  ...lanes,
  ...teams.flatMap((team) => team.lanes ?? []),
];

/** What figures need of the settings. */
export function rulesOf(settings: Settings): Rules {
  const { timeZone, workdays, daysOff, lanes, sizes, sizePrefix, actualPrefix, labels, types } = settings;
  const { hoursPerDay, daysPerWeek, count, estimate, unit } = settings;
  const actual = effortField(settings.actual);
  return {
    count,
    timeZone,
    workdays,
    daysOff,
    lanes,
    unit,
    sizes,
    sizePrefix,
    actualPrefix,
    labels,
    types,
    ...(estimate === undefined ? {} : { estimate }),
    ...(actual === undefined ? {} : { actual }),
    hoursPerDay,
    daysPerWeek,
  };
}
