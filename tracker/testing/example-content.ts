import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleRepository } from "../sample/repository.ts";

const checkout = join(import.meta.dirname, "../..");

/**
 * The bundled example's content folder: `content`, or `example` once a team has moved it there to write its own, as
 * README.md advises. Throws where it was thrown away.
 */
export function exampleContent(): string {
  for (const name of ["content", "example"]) {
    const settings = join(checkout, name, "settings.yml");
    if (existsSync(settings) && readFileSync(settings, "utf8").includes(sampleRepository))
      return join(checkout, name);
  }
  throw new Error("these tests need the bundled example, in content/ or in example/; git can bring it back");
}
