/** The repository that the bundled example tells of; it was never published. */
export const sampleRepository = "bare-metal-to-cloud/platform";
