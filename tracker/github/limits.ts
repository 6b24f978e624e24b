import { RequestError } from "@octokit/request-error";

const saidBy = ({ response }: RequestError): string => {
  const { message } = (response?.data ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : "";
};

/** The limit of the hour is used up. */
export const isHourlyLimit = ({ status, response }: RequestError): boolean =>
  (status === 403 || status === 429) && response?.headers["x-ratelimit-remaining"] === "0";

/** GitHub asks to slow down, for whatever reason. A token that is refused may be told to wait, too. */
export const isLimit = (error: RequestError): boolean =>
  error.status !== 401 &&
  (isHourlyLimit(error) ||
    error.status === 429 ||
    (error.status === 403 && /\bsecondary rate\b/i.test(saidBy(error))) ||
    error.response?.headers["retry-after"] !== undefined);

/** The token may not look there, as where an organisation asks for single sign-on; a limit is another matter. */
export const isClosedTo = (error: unknown): boolean =>
  error instanceof RequestError && error.status === 403 && !isLimit(error);
