declare module "virtual:sprintcast/config" {
  /** The team's content folder, absolute. */
  export const content: string;
  /** What is kept between builds and can be rebuilt, absolute. */
  export const cache: string;
  /** The project's public folder, absolute. */
  export const publicDir: string;
}
