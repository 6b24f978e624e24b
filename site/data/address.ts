import { nowhere, withBase } from "../view-models/urls.ts";

/** A path of this site with the base it is published under. */
export function href(path: string): string {
  return withBase(import.meta.env.BASE_URL, path);
}

/** The full, canonical address of a path of this site. */
export function absolute(path: string): string {
  return new URL(href(path), import.meta.env.SITE).href;
}

/** Whether it is known where the site is published: if not, no page says what its address is. */
export function isPlaced(): boolean {
  return import.meta.env.SITE !== nowhere;
}
