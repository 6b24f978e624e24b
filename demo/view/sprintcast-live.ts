import { usableLanguage, withUsableLanguage } from "./language.ts";
import type { Panel, PanelReport, PanelSettings } from "./panel.ts";
import { type OwnViewTexts, type ViewWords, viewWords } from "./words.ts";

/** How long a hidden tab stays connected, ms. */
const HIDDEN_MS = 5000;

/**
 * `<sprintcast-live src="/live" recording="…ndjson" recorded-on="2026-11-23">poster and table</sprintcast-live>`
 *
 * Shows what it contains until it is on the screen and has data of its own; then live readings, or, where no server
 * answers within two seconds, the recording. Everything beyond this file is loaded when it is first seen.
 * The attribute `texts` (JSON) puts words of the page's own in place of the view's, by the names in words.ts.
 * The attribute `status` says which of connecting, live, lagging, reconnecting, offline and replay it is in; each
 * change is also told by the event `sprintcast-status`.
 */
export class SprintcastLive extends HTMLElement {
  #panel: Panel | null = null;
  #report: PanelReport | null = null;
  #stop: AbortController | null = null;
  #hiddenTimer: ReturnType<typeof setTimeout> | null = null;

  /** Where the view stands; null until it has begun. */
  get report(): PanelReport | null {
    return this.#report;
  }

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (!root.firstChild) root.append(document.createElement("slot"));
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const observer = new IntersectionObserver((entries) => {
      // Entries are in order of time: what the last says is how it stands now.
      const isVisible = entries.at(-1)?.isIntersecting ?? false;
      if (this.#panel) this.#panel.setVisible(isVisible);
      else if (isVisible) void this.#begin(root, signal);
    });
    observer.observe(this);
    signal.addEventListener("abort", () => observer.disconnect());
    document.addEventListener("visibilitychange", () => this.#rest(), { signal });
    for (const type of ["online", "pageshow"]) {
      window.addEventListener(type, () => this.#rest(), { signal });
    }
  }

  disconnectedCallback(): void {
    this.#stop?.abort();
    this.#stop = null;
    if (this.#hiddenTimer) clearTimeout(this.#hiddenTimer);
    this.#panel?.destroy();
    this.#panel = null;
  }

  async #begin(root: ShadowRoot, signal: AbortSignal): Promise<void> {
    const parts = await withUsableLanguage(() => import("./panel.ts")).catch((error: unknown) => {
      console.warn("The live view could not be loaded, so its poster stays:", error);
      return null;
    });
    if (!parts || signal.aborted || this.#panel) return;
    const { createPanel } = parts;
    this.#panel = createPanel(root, this.#settings(), (report) => this.#tell(report));
    // At once, not with the first frame: a page that keeps a place for the bar gives it up by this attribute.
    this.setAttribute("status", "connecting");
  }

  #settings(): PanelSettings {
    const url = new URL(this.getAttribute("src") ?? "/live", document.baseURI);
    if (url.protocol === "http:" || url.protocol === "https:")
      url.protocol = url.protocol.replace("http", "ws");
    const recording = this.getAttribute("recording");
    const words = viewWords(
      usableLanguage(document.documentElement.lang),
      ownTexts(this.getAttribute("texts")),
    );
    return {
      url,
      recordingUrl: recording ? new URL(recording, document.baseURI) : null,
      recordedOn: dateInWords(this.getAttribute("recorded-on"), words),
      words,
    };
  }

  #tell(report: PanelReport): void {
    const isNew = report.status !== this.#report?.status;
    this.#report = report;
    if (!isNew) return;
    this.setAttribute("status", report.status);
    this.dispatchEvent(new CustomEvent("sprintcast-status", { detail: report, bubbles: true }));
  }

  #rest(): void {
    if (this.#hiddenTimer) clearTimeout(this.#hiddenTimer);
    this.#hiddenTimer = null;
    if (document.visibilityState === "visible") this.#panel?.setAwake(true);
    else this.#hiddenTimer = setTimeout(() => this.#panel?.setAwake(false), HIDDEN_MS);
  }
}

/** Texts of the page's own, as JSON; what is none leaves the view's. */
function ownTexts(json: string | null): OwnViewTexts {
  try {
    const own: unknown = JSON.parse(json ?? "{}");
    return typeof own === "object" && own !== null ? (own as OwnViewTexts) : {};
  } catch (error) {
    console.warn("The live view's texts are not valid JSON:", error);
    return {};
  }
}

function dateInWords(text: string | null, { fill, language, texts }: ViewWords): string {
  const match = /^\d{4}-\d\d-\d\d/.exec(text ?? "");
  const date = match ? new Date(`${match[0]}T12:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime())) return texts.earlier;
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(date);
  return fill(texts.on, { day });
}

if (!customElements.get("sprintcast-live")) customElements.define("sprintcast-live", SprintcastLive);
