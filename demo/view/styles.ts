/**
 * The view's own style. A page gives it its colours and faces by custom properties named `--sc-…`; each has a
 * fallback that follows the colour scheme.
 */
export const viewStyles = `
:host {
  --ink: var(--sc-ink, light-dark(#17191c, #ecebe6));
  --quiet: var(--sc-quiet, light-dark(#5a6068, #a3a9b0));
  --line: var(--sc-line, light-dark(#e3e3dc, #2c3136));
  --surface: var(--sc-surface, transparent);
  --focus: var(--sc-accent, light-dark(#c22f12, #ff8a66));
  --live: var(--sc-live, light-dark(#1c7448, #63c795));
  --late: var(--sc-late, light-dark(#9a5700, #eeb057));
  --lost: var(--sc-lost, light-dark(#a4262c, #ff9a92));
  --replay: var(--sc-replay, light-dark(#33466b, #9db4e6));
  --m-temperature: var(--sc-temperature, light-dark(#b5431f, #ff9b73));
  --m-humidity: var(--sc-humidity, light-dark(#1f6f96, #74c2e8));
  --m-power: var(--sc-power, light-dark(#7a3d73, #dd9fd4));
  --m-battery: var(--sc-battery, light-dark(#1c7448, #63c795));
  --m-other: var(--sc-other, light-dark(#33466b, #9db4e6));
  display: block;
  color: var(--ink);
  background: var(--surface);
  font: 400 1rem/1.45 var(--sc-font, inherit);
  font-variant-numeric: tabular-nums;
  container-type: inline-size;
}
:host([hidden]) { display: none; }
[hidden] { display: none !important; }
.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem 1rem;
  padding-block: 0.25rem 0.75rem;
}
.badge {
  --tone: var(--quiet);
  display: inline-flex;
  align-items: center;
  gap: 0.5rem;
  min-height: 2.5rem;
  font-weight: 600;
  color: var(--tone);
}
.badge::before {
  content: "";
  width: 0.7rem;
  height: 0.7rem;
  border-radius: 50%;
  background: var(--tone);
}
.badge[data-status="live"] { --tone: var(--live); }
.badge[data-status="lagging"], .badge[data-status="reconnecting"] { --tone: var(--late); }
.badge[data-status="offline"] { --tone: var(--lost); }
.badge[data-status="replay"] { --tone: var(--replay); }
.badge[data-status="replay"]::before { border-radius: 0; }
.badge[data-status="connecting"]::before, .badge[data-status="reconnecting"]::before {
  background: transparent;
  border: 2px solid var(--tone);
}
@media (prefers-reduced-motion: no-preference) {
  .badge[data-status="live"]::before { animation: breathe 2.4s ease-in-out infinite; }
  @keyframes breathe { 50% { opacity: 0.35; } }
}
.age { color: var(--quiet); font-size: 0.875rem; }
/* A phone has the age below. Badge and age have their height before buttons and words come: nothing jumps. */
@container (max-width: 34rem) {
  .age { order: 1; flex-basis: 100%; min-height: 1.45em; }
}
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-inline-start: auto; }
button {
  font: inherit;
  font-size: 0.875rem;
  color: inherit;
  background: transparent;
  border: 1px solid color-mix(in oklab, var(--quiet) 55%, transparent);
  border-radius: 0.25rem;
  padding: 0.4rem 0.8rem;
  min-height: 2.5rem;
  cursor: pointer;
}
button:hover { border-color: var(--ink); }
button:focus-visible, .scroll:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
button.go { color: var(--live); border-color: currentColor; font-weight: 600; }
.grid {
  display: grid;
  grid-template-columns: 1fr;
  gap: 1.5rem clamp(1.5rem, 4cqi, 3rem);
}
@container (min-width: 40rem) { .grid { grid-template-columns: 1fr 1fr; } }
.chart { margin: 0; min-width: 0; }
.caption {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 0.75rem;
  padding-block-end: 0.25rem;
  border-block-end: 1px solid var(--line);
}
.metric { font-weight: 600; }
.value { font-size: 1.375rem; font-weight: 600; letter-spacing: -0.01em; color: var(--tone, inherit); }
.chart { --tone: var(--m-other); }
.chart[data-metric="temperature"] { --tone: var(--m-temperature); }
.chart[data-metric="humidity"] { --tone: var(--m-humidity); }
.chart[data-metric="power"] { --tone: var(--m-power); }
.chart[data-metric="battery"] { --tone: var(--m-battery); }
.note { color: var(--quiet); font-size: 0.8125rem; margin-inline-start: auto; }
.canvas { height: var(--sc-chart-height, 168px); }
.scroll { overflow: auto; max-height: 26rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: 0.35rem 0.75rem 0.35rem 0; border-block-end: 1px solid var(--line); font-weight: 400; }
thead th { position: sticky; inset-block-start: 0; background: var(--sc-paper, Canvas); color: var(--quiet); font-size: 0.8125rem; }
th + th, td { text-align: end; }
tbody th { white-space: nowrap; }
th:last-child, td:last-child { padding-inline-end: 0; }
@container (max-width: 34rem) {
  table { font-size: 0.8125rem; }
  th, td { padding-inline-end: 0.5rem; }
}
.hush {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
/* Paper cannot play: it gets the poster and the table that stand in the element. */
@media print {
  :host([recording]) .bar, :host([recording]) .grid, :host([recording]) .scroll { display: none !important; }
  :host([recording]) slot[hidden] { display: contents !important; }
}
`;
