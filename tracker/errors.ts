/** Exit codes of the command line: 0 done, and these. They are a contract: scripts branch on them. */
export const exitCodes = {
  fault: 1,
  usage: 2,
  content: 3,
  github: 4,
  interrupted: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface ErrorDetails {
  /** What would have been right, and how to get there. */
  hint?: string;
  cause?: unknown;
}

/** Any failure that a caller or a user can act on. `code` is stable and documented in docs/errors.md. */
export class SprintcastError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(code: string, exitCode: ExitCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.exitCode = exitCode;
    this.hint = details.hint;
  }
}

/** The command line was used wrongly (unknown figure, no such sprint, option that does not fit). */
export class UsageError extends SprintcastError {
  constructor(code: string, message: string, details?: ErrorDetails) {
    super(code, exitCodes.usage, message, details);
  }
}

/** Settings, front matter, a report or a backup file does not say what it must. `file` names the culprit. */
export class ContentError extends SprintcastError {
  readonly file: string;

  constructor(code: string, file: string, message: string, details?: ErrorDetails) {
    super(code, exitCodes.content, `${file}: ${message}`, details);
    this.file = file;
  }
}

/** GitHub refused: bad token, no such repository, no right to read it. */
export class GitHubRefusedError extends SprintcastError {
  constructor(code: string, message: string, details?: ErrorDetails) {
    super(code, exitCodes.github, message, details);
  }
}

/** Stopped by a signal; what was fetched is kept and the same command resumes. */
export class InterruptedError extends SprintcastError {
  constructor(message: string, details?: ErrorDetails) {
    super("interrupted", exitCodes.interrupted, message, details);
  }
}

/** The database cannot be used: foreign, newer, damaged, locked by another process, or the disk is full. */
export class StoreError extends SprintcastError {
  constructor(code: string, message: string, details?: ErrorDetails & { exitCode?: ExitCode }) {
    super(code, details?.exitCode ?? exitCodes.fault, message, details);
  }
}

/** The system refuses a file or folder: no right, no space, something else in the way. */
export class StorageError extends SprintcastError {
  constructor(message: string, details?: ErrorDetails) {
    super("file-refused", exitCodes.usage, message, details);
  }
}
