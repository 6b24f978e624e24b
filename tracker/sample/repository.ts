/** The repository that the bundled example tells of; it was never published. */
export const sampleRepository = "bare-metal-to-cloud/platform";
/** Where the sample lies, for `sync --backup`. */
export const sampleFolder: string = import.meta.dirname;
