import type { Element, Root } from "hast";
import { h } from "hastscript";
import { decoded, type FindTarget, type Post } from "sprintcast/content";
import { ContentError } from "sprintcast/errors";
import { CONTINUE, SKIP, visit } from "unist-util-visit";
import { paths } from "../view-models/urls.ts";
import { idOf } from "./headings.ts";
import { textOf } from "./nodes.ts";

/** A file of the team's that the site publishes. */
export interface PublishedFile {
  /** Its address on the site, base left out. */
  path: string;
  /** In pixels; null for what is no picture, or an SVG that does not say. */
  size: { width: number; height: number } | null;
  isPicture: boolean;
}

/** What links and pictures of a text need to know of the site. */
export interface Surroundings {
  /** Address of the page that shows the text, base left out. */
  page: string;
  find: FindTarget;
  isShown: (post: Pick<Post, "slug">) => boolean;
  /** A file under content/ by its path; undefined: it is not published. */
  fileAt: (file: string) => PublishedFile | undefined;
  /** A file of the project's public folder by its address. */
  publicFileAt: (path: string) => PublishedFile | undefined;
  /** An address of the site as it stands in HTML: with the base, or in full. */
  address: (path: string) => string;
  /** Whether even places on the page itself are told in full, as a feed needs it. */
  isAbsolute: boolean;
}

type Target = ReturnType<FindTarget>;

interface Source {
  file: string;
  /** Lines of front matter. */
  line: number;
}

/**
 * Leads links and pictures to where the site has them. A link that leads nowhere is left out, its words stay; doctor and
 * the build name it. A picture from elsewhere becomes a link, since no page sends requests to third parties.
 * @param ids ids of the text's headings by their names
 * @throws ContentError `picture-missing` or `picture-form`, with file and line
 */
export function resolveLinks(
  tree: Root,
  source: Source,
  site: Surroundings,
  ids: ReadonlyMap<string, string>,
): void {
  visit(tree, "element", (node, index, parent) => {
    if (parent === undefined || index === undefined) return CONTINUE;
    const isInLink = parent.type === "element" && parent.tagName === "a";
    if (node.tagName === "img") parent.children[index] = pictureOf(node, source, site, isInLink);
    const { href } = node.properties;
    if (node.tagName !== "a") return CONTINUE;
    // An address that no page may have has been taken away already, such as javascript:.
    const address = typeof href === "string" ? addressOf(href, source, site, ids) : null;
    if (address === null) {
      parent.children.splice(index, 1, ...node.children);
      return [SKIP, index];
    }
    node.properties.href = address;
    // It says itself where it leads, which paper need not say again.
    if (textOf(node) === address) node.properties.className = ["bare"];
    return CONTINUE;
  });
}

/** Where a link of a text stands in HTML; null: it leads nowhere. `ids`: of the text's headings by their names. */
export function addressOf(
  url: string,
  { file }: Pick<Source, "file">,
  site: Surroundings,
  ids: ReadonlyMap<string, string> = new Map(),
): string | null {
  if (url.startsWith("#")) {
    const name = decoded(url.slice(1));
    const fragment = `#${encodeURIComponent(ids.get(name) ?? name)}`;
    return site.isAbsolute ? site.address(site.page) + fragment : fragment;
  }
  const target = site.find(url, file);
  switch (target.kind) {
    case "elsewhere":
      return url;
    case "missing":
      return null;
    case "post":
      return site.isShown(target.post)
        ? site.address(paths.post(target.post.slug)) + suffixOf(target.suffix)
        : null;
    case "site":
      return site.address(target.path) + target.suffix;
    case "file": {
      const published = site.fileAt(target.file);
      return published === undefined ? null : site.address(published.path) + target.suffix;
    }
  }
}

/** In another post a link means a heading by its name; footnotes and figures have ids that no heading has. */
const suffixOf = (suffix: string): string =>
  suffix.replace(/#(content|restated)$/, (_, name: string) => `#${idOf(name)}`);

function pictureOf(
  node: Element,
  source: Source,
  site: Surroundings,
  isInLink: boolean,
): Element["children"][number] {
  const src = String(node.properties.src ?? "");
  const alt = String(node.properties.alt ?? "");
  const target = site.find(src, source.file);
  // Addresses that no page may load have been taken away already, such as data: and javascript:.
  if (src === "") return { type: "text", value: alt };
  if (target.kind === "elsewhere") return isInLink ? { type: "text", value: alt || src } : linkTo(src, alt);
  const refuse = (code: string, problem: string, hint: string): never => {
    const line = node.position?.start.line;
    const where = line === undefined ? "" : `line ${line + source.line}: `;
    throw new ContentError(code, source.file, `${where}the picture ${src} ${problem}`, { hint });
  };
  const file = publishedAt(target, site);
  if (file === undefined) return refuse("picture-missing", "is not there", hintFor(target));
  if (!file.isPicture)
    return refuse(
      "picture-form",
      "cannot be read as a picture",
      "Use a PNG, JPEG, GIF, WebP, AVIF or SVG file.",
    );
  node.properties = {
    ...node.properties,
    alt,
    src: site.address(file.path),
    ...file.size,
    ...(site.isAbsolute ? {} : { loading: "lazy", decoding: "async" }),
  };
  return node;
}

function publishedAt(target: Target, site: Surroundings): PublishedFile | undefined {
  if (target.kind === "file") return site.fileAt(target.file);
  return target.kind === "site" ? site.publicFileAt(decoded(target.path)) : undefined;
}

function hintFor(target: Target): string {
  if (target.kind === "site")
    return "Put it into the project's public folder, or beside the post and write its path from there.";
  const near = target.kind === "missing" ? target.near : null;
  return near === null
    ? "Put the file beside the post, under content/, and write its path from the post: ![…](chart.png)."
    : `Did you mean ${near}? Capital and small letters differ.`;
}

const linkTo = (href: string, text: string): Element => h("a", { href }, text || href);
