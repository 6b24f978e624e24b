/** A value that a test counts on. @throws TypeError where it is not there */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new TypeError("a value that the test counts on is not there");
  return value;
}
