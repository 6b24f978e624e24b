import type { Texts } from "../words.ts";

export const forecast: Texts["forecast"] = {
  title: "Prognose für {sprint}",
  intro:
    "Wann die offenen Aufgaben des laufenden Sprints fertig sind, simuliert aus dem bisherigen Durchsatz.",
  link: "Prognose",
  noneOpen: "Keine Aufgabe des Sprints ist offen.",
  when: {
    one: "{n} offene Aufgabe fertig bis {p50} in der Hälfte der Läufe, bis {p85} in 85 % und bis {p95} in 95 % davon.",
    other:
      "{n} offene Aufgaben fertig bis {p50} in der Hälfte der Läufe, bis {p85} in 85 % und bis {p95} in 95 % davon.",
  },
  howMany: {
    one: "Bis {day} mindestens {n} Aufgabe fertig in der Hälfte der Läufe, {p85} in 85 % und {p95} in 95 % davon.",
    other:
      "Bis {day} mindestens {n} Aufgaben fertig in der Hälfte der Läufe, {p85} in 85 % und {p95} in 95 % davon.",
  },
  refused: {
    few: {
      one: "Es gibt keine Prognose: Sie braucht mindestens {fewest} ganze Wochen der Vergangenheit, bekannt ist {n}.",
      other:
        "Es gibt keine Prognose: Sie braucht mindestens {fewest} ganze Wochen der Vergangenheit, bekannt sind {n}.",
    },
    sparse:
      "Es gibt keine Prognose: Im Mittel {tasks} pro Woche, das ist zu wenig, um Zufall von Veränderung zu unterscheiden.",
    outside:
      "Es gibt keine Prognose, da das Tempo nicht gleichmäßig ist: {finished} fertig in der Woche ab {day}, erwartet {lower} bis {upper}.",
    oneSide:
      "Es gibt keine Prognose, da das Tempo nicht gleichmäßig ist: Acht Wochen in Folge, bis zu der ab {day}, lagen auf einer Seite des Mittels.",
  },
  sampleTitle: "Stichprobe",
  noSample: "Keine ganze Woche der Vergangenheit ist bekannt.",
  sample: {
    one: "{n} ganze Woche, im Mittel {tasks}, erwartet zwischen {lower} und {upper}.",
    other: "{n} ganze Wochen, im Mittel {tasks}, erwartet zwischen {lower} und {upper}.",
  },
  runs: "{runs} Läufe, Startwert {seed}: Jeder zieht Wochen aus der Stichprobe, mit Zurücklegen.",
  levels: "Frühere Prognosen trafen seltener zu als angegeben, daher beruhen die 85 % auf {share} der Läufe.",
  noRecord: "Noch lässt sich keine frühere Prognose dieser Art mit dem vergleichen, was dann eintrat.",
  record: {
    one: "{n} frühere Prognose dieser Art, über {weeks}: Die Angabe zu 85 % traf {held}-mal zu ({share}).",
    other:
      "{n} frühere Prognosen dieser Art, über je {weeks}: Die Angabe zu 85 % traf {held}-mal zu ({share}).",
  },
  doubtful: "Die Stichprobe ist nicht vollständig aus Ereignissen rekonstruiert: {provenance}.",
  data: { band: "Daten zur Prognose", sample: "Daten der Stichprobe" },
  chart: {
    bar: {
      one: "Mit {chance} Sicherheit: {n} Aufgabe fertig bis {day}",
      other: "Mit {chance} Sicherheit: {n} Aufgaben fertig bis {day}",
    },
    end: "Ende des Sprints",
    period: { one: "{from} bis {to}: {n} Aufgabe fertig", other: "{from} bis {to}: {n} Aufgaben fertig" },
    signal: "{period}, {signal}",
    limit: "Grenze {tasks}",
  },
  signals: { outside: "außerhalb der Grenzen", oneSide: "acht in Folge auf einer Seite" },
  columns: {
    chance: "Sicherheit",
    when: { one: "{n} Aufgabe fertig bis", other: "{n} Aufgaben fertig bis" },
    howMany: "fertig bis {day}, mindestens",
    from: "von",
    to: "bis",
    finished: "fertig",
    signal: "auffällig",
  },
};
