import { toHtml } from "hast-util-to-html";
import { s } from "hastscript";

export interface LiveManifestSettings {
  name: string;
  /** Under the icon; by default the beginning of the name. */
  shortName?: string;
  /** Colours of page and browser frame, as CSS. */
  background: string;
  theme: string;
}

/** The web app manifest of the live page; to be served beside it, as is the icon it names. */
export function renderLiveManifest(settings: LiveManifestSettings): string {
  const { name, shortName = name.slice(0, 12), background, theme } = settings;
  return JSON.stringify({
    name,
    short_name: shortName,
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: background,
    theme_color: theme,
    icons: [
      { src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any maskable" },
      { src: "icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "icon-512.png", sizes: "512x512", type: "image/png" },
    ],
  });
}

/** The icon: a reading's line on a plain ground, with room around it for round masks. */
export function renderLiveIcon({ ground, ink }: { ground: string; ink: string }): string {
  return toHtml(
    s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: "0 0 512 512" }, [
      s("rect", { width: 512, height: 512, fill: ground }),
      s("path", {
        d: "M104 300h72l40-108 56 176 48-128 24 60h64",
        fill: "none",
        stroke: ink,
        strokeWidth: 28,
        strokeLinecap: "round",
        strokeLinejoin: "round",
      }),
    ]),
    { space: "svg" },
  );
}
