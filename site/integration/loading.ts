/** How the integration's hooks were loaded. */
export interface Loading {
  /** What is kept between builds and can be rebuilt, absolute. */
  cache: string;
  /** The folder of the bundle that it was loaded from; null: it was loaded file by file. */
  bundle: string | null;
  /** The address of a package's file, as this package finds it. */
  find: (id: string) => string;
}
