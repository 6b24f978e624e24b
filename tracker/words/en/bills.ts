/** What may be amiss with a bill or a line of it, without a full stop. */
export const bills = {
  notThere: "there is no such bill yet",
  notUtf8: "it is not read, since it is not UTF-8: save it as such",
  empty: "it is empty",
  unknownColumns:
    "its columns are those of no known bill ({known}): {columns}; name them in settings.yml with budget.columns",
  noCharge: "it holds no charge",
  noDate: "{column} is no date: {cell}",
  noAmount: "{column} is no amount: {cell}",
  noCurrency: "{cell} is no currency code, expected one such as EUR",
  endsBefore: "it ends ({to}) before it begins ({from})",
  quotes: "it is not read from here on, since its quotation marks do not match",
  broken: "it is not read from here on: {why}",
  moreLines: { one: "{n} more of its lines cannot be read", other: "{n} more of its lines cannot be read" },
  countedOnce: {
    one: "{n} line of it stands in {file}, too, and is counted once",
    other: "{n} lines of it stand in {file}, too, and are counted once",
  },
} as const;
