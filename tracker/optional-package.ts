import { UsageError } from "./errors.ts";

/**
 * Loads a package that few need and that is not installed along with this one. `asked`: how npm is asked for it, such as
 * `name@2`. Throws UsageError `package-missing`.
 */
export async function loadOptional<T>(asked: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const name = asked.replace(/(?<=.)@.*$/, "");
    if (!isMissing(cause, name)) throw cause;
    throw new UsageError(
      "package-missing",
      `this needs ${name}, which is not installed along with sprintcast`,
      {
        hint: `Run npm install ${asked} (with -g where sprintcast itself was installed so), then the same command again.`,
        cause,
      },
    );
  }
}

/** Whether Node found no such package; one that it found may miss another. */
const isMissing = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  error.code === "ERR_MODULE_NOT_FOUND" &&
  error.message.includes(`'${name}'`);
