import type { Palette } from "./charts.ts";

const METRICS = ["temperature", "humidity", "power", "battery"];

/** Reads the colours the stylesheet gives, resolved for the scheme in force, as a canvas takes them. */
export function readPalette(root: ShadowRoot): Palette {
  const probe = root.ownerDocument.createElement("span");
  probe.hidden = true;
  root.append(probe);
  const resolve = (name: string) => {
    probe.style.setProperty("color", `var(${name})`);
    return getComputedStyle(probe).color;
  };
  const colours = new Map(METRICS.map((name) => [name, resolve(`--m-${name}`)]));
  const other = resolve("--m-other");
  const palette = {
    quiet: resolve("--quiet"),
    line: resolve("--line"),
    metric: (name: string) => colours.get(name) ?? other,
  };
  probe.remove();
  return palette;
}
