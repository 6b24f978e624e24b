/** What the live view says. Slots in braces are filled in; `{n}` picks the form where there are two. */
const english = {
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
  devices: ["{n} device", "{n} devices"],
  medianOf: "median of {devices}",
  drawn: "median; {most} of {all} devices drawn",
  medians: "{state}. {devices}. Medians: {medians}.",
  chart:
    "{metric} of {devices} over {seconds} s: between {low} and {high}; the median went from {from} to {to}.",
  caption: "Recorded on {day}: readings of {seconds} s",
  heads: ["Metric", "Devices", "Lowest", "Median", "Highest", "Median at the end"],
} as const;

type Texts<T> = T extends string
  ? string
  : T extends readonly string[]
    ? { readonly [K in keyof T]: string }
    : { readonly [K in keyof T]: Texts<T[K]> };

const german: Texts<typeof english> = {
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
  devices: ["{n} Gerät", "{n} Geräte"],
  medianOf: "Median, {devices}",
  drawn: "Median; {most} von {all} Geräten gezeichnet",
  medians: "{state}. {devices}. Mediane: {medians}.",
  chart:
    "{metric}, {devices}, über {seconds} s: zwischen {low} und {high}; der Median ging von {from} auf {to}.",
  caption: "Aufgezeichnet am {day}: Messwerte aus {seconds} s",
  heads: ["Messgröße", "Geräte", "Niedrigster", "Median", "Höchster", "Median am Ende"],
};

/** What the view speaks: its texts, and numbers as its language writes them. */
export interface ViewWords {
  /** BCP 47 */
  language: string;
  texts: Texts<typeof english>;
  fill(text: string, values: Readonly<Record<string, string | number>>): string;
  devices(count: number): string;
  /** With so many digits behind the point. */
  decimal(value: number, digits: number): string;
}

/** @param language BCP 47; one that has no texts here speaks English */
export function viewWords(language: string): ViewWords {
  const isGerman = new Intl.Locale(language).language === "de";
  const texts = isGerman ? german : english;
  const fill: ViewWords["fill"] = (text, values) =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => String(values[slot] ?? ""));
  return {
    language,
    texts,
    fill,
    devices: (n) => fill(texts.devices[n === 1 ? 0 : 1], { n }),
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

export const englishWords: ViewWords = viewWords("en");
