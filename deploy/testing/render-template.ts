/** Fills in a template's `${NAME}` as envsubst does with the names it is given, and no other `$`. */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The names of a template. */
export function namesIn(template: string): string[] {
  return [...new Set([...template.matchAll(/\$\{(SPRINTCAST_\w+)\}/g)].map(([, name = ""]) => name))].sort();
}
