/** The same numbers as those of `sprintcast`: 0 done, and these. Scripts branch on them. */
export const exitCodes = { fault: 1, usage: 2, interrupted: 5 } as const;

/** A failure that the person at the keyboard can mend. `code` is stable and documented in docs/errors.md. */
export class CreateError extends Error {
  readonly code: string;
  readonly exitCode: number;
  /** What would have been right, and how to get there. */
  readonly hint: string;

  constructor(
    code: string,
    message: string,
    hint: string,
    details: { exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = "CreateError";
    this.code = code;
    this.exitCode = details.exitCode ?? exitCodes.usage;
    this.hint = hint;
  }
}
