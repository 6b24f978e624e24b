/** 0 done; 1 internal fault; 2 wrong usage; 4 the other side refused; 5 stopped with readings unsent. */
export type ExitCode = 0 | 1 | 2 | 4 | 5;

/** Every error code, and the exit code of a program that ends with it. README.md says what each means. */
export const exitCodes = {
  OPTION_INVALID: 2,
  FILE_UNUSABLE: 2,
  FILE_LOCKED: 2,
  FILE_DAMAGED: 2,
  SOURCE_UNREADABLE: 2,
  JOURNAL_DAMAGED: 2,
  TOKEN_NAME: 2,
  TOKEN_EXISTS: 2,
  TOKEN_UNKNOWN: 2,
  empty: 2,
  "bad-line": 2,

  UNAUTHORIZED: 4,
  NOT_AN_EATER: 4,
  CERTIFICATE: 4,
  STORE_REFUSED: 4,
  BROKER_REFUSED: 4,
  unreachable: 4,
  "nothing-came": 4,
  "broken-off": 4,

  DISK_FULL: 1,
  WRITER_FAILED: 1,
  OVERLOADED: 1,
  BUS_CONFLICT: 1,
  TRY_LATER: 1,
  "bad-message": 1,
  "bad-json": 1,
  "bad-utf8": 1,
  "bad-shape": 1,
  "not-finite": 1,
  "value-range": 1,
  "seq-range": 1,
  future: 1,
  "too-many-series": 1,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof exitCodes;

/** A failure of the demo that a caller can act on. `code` is stable, and branched on instead of the message. */
export class DemoError<Code extends ErrorCode = ErrorCode> extends Error {
  override name = "DemoError";
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get exitCode(): ExitCode {
    return exitCodes[this.code];
  }
}
