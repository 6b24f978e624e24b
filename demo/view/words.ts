/** What the live view says. Slots in braces are filled in; `{n}` picks the form where there are several. */
export const english = {
  status: {
    connecting: "Connecting",
    live: "Live",
    lagging: "Lagging",
    reconnecting: "Reconnecting",
    offline: "Offline",
    replay: "Recording",
  },
  metrics: { temperature: "temperature", humidity: "humidity", power: "power", battery: "battery" },
  goLive: "Go live",
  play: "Play the recording",
  playAgain: "Play again",
  pause: "Pause",
  table: "Table",
  paused: "{age}; paused",
  latest: "Latest reading of each device",
  latestOf: "Latest reading of each device; {rest} more are left out",
  device: "Device",
  age: "Age",
  now: "now",
  seconds: "{n} s",
  minutes: "{n} min",
  hours: "{n} h",
  newestNow: "newest reading just now",
  newest: "newest reading {age} ago",
  earlier: "earlier",
  on: "on {day}",
  recorded: "recorded {when}",
  playing: "Playing what was recorded {when}",
  devices: { one: "{n} device", other: "{n} devices" },
  medianOf: "median of {devices}",
  drawn: "median; {most} of {all} devices drawn",
  medians: "{state}. {devices}. Medians: {medians}.",
  chart:
    "{metric} of {devices} over {seconds} s: between {low} and {high}; the median went from {from} to {to}.",
  caption: "Recorded on {day}: readings of {seconds} s",
  heads: {
    metric: "Metric",
    devices: "Devices",
    lowest: "Lowest",
    median: "Median",
    highest: "Highest",
    last: "Median at the end",
  },
} as const;

type Texts<T> = T extends string ? string : { readonly [K in keyof T]: Texts<T[K]> };

type ViewTexts = Texts<typeof english>;

/** Texts in words of somebody's own, by the names that they have here; what is no text is passed over. */
export interface OwnViewTexts {
  readonly [name: string]: unknown;
}

const german: ViewTexts = {
  status: {
    connecting: "Verbinde",
    live: "Live",
    lagging: "Verzögert",
    reconnecting: "Verbinde erneut",
    offline: "Offline",
    replay: "Aufzeichnung",
  },
  metrics: { temperature: "Temperatur", humidity: "Luftfeuchte", power: "Leistung", battery: "Akku" },
  goLive: "Live ansehen",
  play: "Aufzeichnung abspielen",
  playAgain: "Noch einmal abspielen",
  pause: "Anhalten",
  table: "Tabelle",
  paused: "{age}; angehalten",
  latest: "Neuester Messwert jedes Geräts",
  latestOf: "Neuester Messwert jedes Geräts; {rest} weitere sind ausgelassen",
  device: "Gerät",
  age: "Alter",
  now: "jetzt",
  seconds: "{n} s",
  minutes: "{n} min",
  hours: "{n} h",
  newestNow: "neuester Messwert gerade eben",
  newest: "neuester Messwert vor {age}",
  earlier: "früher",
  on: "am {day}",
  recorded: "aufgezeichnet {when}",
  playing: "Wiedergabe, aufgezeichnet {when}",
  devices: { one: "{n} Gerät", other: "{n} Geräte" },
  medianOf: "Median, {devices}",
  drawn: "Median; {most} von {all} Geräten gezeichnet",
  medians: "{state}. {devices}. Mediane: {medians}.",
  chart:
    "{metric}, {devices}, über {seconds} s: zwischen {low} und {high}; der Median ging von {from} auf {to}.",
  caption: "Aufgezeichnet am {day}: Messwerte aus {seconds} s",
  heads: {
    metric: "Messgröße",
    devices: "Geräte",
    lowest: "Niedrigster",
    median: "Median",
    highest: "Höchster",
    last: "Median am Ende",
  },
};

/** What the view speaks: its texts, and numbers as its language writes them. */
export interface ViewWords {
  /** BCP 47 */
  language: string;
  texts: ViewTexts;
  fill(text: string, values: Readonly<Record<string, string | number>>): string;
  devices(count: number): string;
  /** With so many digits behind the point. */
  decimal(value: number, digits: number): string;
}

/**
 * @param language BCP 47; one that has no texts here speaks English
 * @param own texts that come first, one by one
 */
export function viewWords(language: string, own: OwnViewTexts = {}): ViewWords {
  const isGerman = new Intl.Locale(language).language === "de";
  const texts = merged(isGerman ? german : english, own);
  const plurals = new Intl.PluralRules(language);
  const forms: Readonly<Record<string, string>> = texts.devices;
  const fill: ViewWords["fill"] = (text, values) =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => String(values[slot] ?? ""));
  return {
    language,
    texts,
    fill,
    devices: (n) => fill(forms[plurals.select(n)] ?? texts.devices.other, { n }),
    decimal: (value, digits) =>
      isGerman
        ? new Intl.NumberFormat(language, {
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
            useGrouping: false,
          }).format(value)
        : value.toFixed(digits),
  };
}

function merged<T extends object>(texts: T, own: OwnViewTexts): T {
  const isGroup = (part: unknown): part is OwnViewTexts => typeof part === "object" && part !== null;
  const mine = Object.entries(own).flatMap(([name, part]): [string, unknown][] => {
    const ours = (texts as OwnViewTexts)[name];
    if (isGroup(ours)) return [[name, merged(ours, isGroup(part) ? part : { other: part })]];
    return typeof part === "string" ? [[name, part]] : [];
  });
  return { ...texts, ...Object.fromEntries(mine) };
}

export const englishWords: ViewWords = viewWords("en");
