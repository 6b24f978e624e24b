import { readFile } from "node:fs/promises";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { OptionError } from "../options/options.ts";

const amount = z.number().min(0);
const pricesSchema = z.strictObject({
  /** Whose prices, and of which day: they are as good as that. */
  of: z.string().min(1),
  date: z.iso.date(),
  currency: z.string().regex(/^[A-Z]{3}$/, "three capital letters, such as EUR"),
  machines: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        processors: z.number().positive(),
        memoryGb: z.number().positive(),
        month: amount,
      }),
    )
    .min(1),
  diskGbMonth: amount,
  trafficGb: amount,
  /** GB a month that each machine sends for nothing. */
  trafficFreeGb: amount.default(0),
  extras: z.array(z.strictObject({ name: z.string().min(1), month: amount })).default([]),
});

export type Prices = z.infer<typeof pricesSchema>;

/** Reads a file of prices. @throws OptionError */
export async function readPrices(file: string): Promise<Prices> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new OptionError(`--prices: ${file} cannot be read (${cause.message})`, { cause });
  });
  return parsePrices(text, file);
}

/** @throws OptionError */
export function parsePrices(text: string, file: string): Prices {
  try {
    const read = pricesSchema.safeParse(parse(text));
    if (read.success) return read.data;
    throw new OptionError(`--prices: ${file} is no list of prices:\n${z.prettifyError(read.error)}`);
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new OptionError(`--prices: ${file} is no YAML (${cause.message})`, { cause });
  }
}
