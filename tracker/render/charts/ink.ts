/**
 * Colours of all charts: the site's custom properties, with mid-tone fallbacks that are readable on light and dark
 * paper where a chart stands alone. Text falls back to the colour around it.
 */
export const ink = {
  text: "var(--ink, currentColor)",
  quiet: "var(--quiet, #767c85)",
  line: "var(--line, #b9bcc033)",
  paper: "var(--paper, transparent)",
  plan: "var(--plan, #5b78b3)",
  done: "var(--done, #2f9163)",
  late: "var(--late, #b8741a)",
  ice: "var(--ice, #3a8cb5)",
  debt: "var(--debt, #a85a8f)",
  open: "var(--open, #9a9a92)",
} as const;

/** The same colours for a standalone file, light or dark as the reader's system prefers. */
export const standaloneStyle = `
svg{--paper:#fbfbf9;--ink:#17191c;--quiet:#5a6068;--line:#dcdcd4;--plan:#33466b;--done:#1c7448;--late:#9a5700;
--ice:#1f6f96;--debt:#86366c;--open:#c9c7bc;color:#17191c;background:#fbfbf9}
@media (prefers-color-scheme:dark){svg{--paper:#14171a;--ink:#ecebe6;--quiet:#a3a9b0;--line:#31363c;--plan:#9db4e6;
--done:#63c795;--late:#eeb057;--ice:#74c2e8;--debt:#e094c6;--open:#4b5159;color:#ecebe6;background:#14171a}}
`;
