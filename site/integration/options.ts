export interface SprintcastOptions {
  /** The content folder, from the project's root. Default: `content`; SPRINTCAST_CONTENT wins. */
  content?: string;
  /** Components replaced by the team's own: `{ Header: "./src/Header.astro" }`, paths from the project's root. */
  components?: Record<string, string>;
}
