import { liveOf } from "sprintcast/content";
import type { Settings } from "../data/site.ts";
import { directivesIn, type Part } from "../prose/prose.ts";
/** What a page needs beyond its own files; each opens the policy by just that much. */
export interface Needs {
  /** Pagefind runs its index in WebAssembly. */
  search?: boolean;
  /** Origins a click on a video may embed. */
  frames?: string[];
  /** Origins of a live demo that runs elsewhere, as https: or wss: URLs. */
  live?: string[];
}

/**
 * The page's Content-Security-Policy. No inline script or style exists on the site, so neither `unsafe-inline`
 * nor hashes are needed. `wasm-unsafe-eval` permits compiling WebAssembly only, not `eval`, and only where
 * search runs. Stands in a meta element, hence without frame-ancestors, which browsers ignore there.
 */
export function contentSecurityPolicy(needs: Needs = {}): string {
  const wasm = needs.search ? " 'wasm-unsafe-eval'" : "";
  const connect = ["'self'", ...(needs.live ?? []).flatMap(bothProtocols)].join(" ");
  return [
    "default-src 'none'",
    `script-src 'self'${wasm}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    `worker-src 'self'`,
    "manifest-src 'self'",
    `frame-src ${needs.frames?.length ? needs.frames.join(" ") : "'none'"}`,
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

function bothProtocols(url: string): string[] {
  const { host, protocol } = new URL(url);
  const secure = protocol === "https:" || protocol === "wss:";
  return secure ? [`https://${host}`, `wss://${host}`] : [`http://${host}`, `ws://${host}`];
}

/** What the live demo asks of it, where its server is on another host. */
export function liveNeeds(settings: Pick<Settings, "live" | "liveUrl">): Needs {
  const url = liveOf(settings)?.url;
  return url ? { live: [url] } : {};
}

/** What the figures of a post ask of the page's Content-Security-Policy. */
export function needsOf(parts: Part[], settings: Pick<Settings, "live" | "liveUrl">): Needs {
  const names = directivesIn(parts);
  return {
    ...(names.has("video") ? { frames: ["https://www.youtube-nocookie.com"] } : {}),
    ...(names.has("demo") ? liveNeeds(settings) : {}),
  };
}
