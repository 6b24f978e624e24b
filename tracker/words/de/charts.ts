import type { Texts } from "../words.ts";

export const charts: Texts["charts"] = {
  sprintAxis: "Sprint",
  noSprint: "Es ist kein Sprint bekannt.",
  burndown: {
    title: "Burndown von Sprint {sprint}: {title}",
    titleInTasks: "Burndown von Sprint {sprint}: {title}, in Aufgaben (keine ist geschätzt)",
    upTitle: "Burnup von Sprint {sprint}: {title}",
    upTitleInTasks: "Burnup von Sprint {sprint}: {title}, in Aufgaben (keine ist geschätzt)",
    known:
      "Vom {from} bis {to}: {scopeAtStart} {unit} zu Beginn, {scopeAtEnd} am Ende, {done} erledigt und {remaining} verbleibend, {changes}. Zugesagt: {committed}.",
    unknown: "Vom {from} bis {to}: Es ist noch nichts bekannt.",
    changes: { one: "{n} Umfangsänderung", other: "{n} Umfangsänderungen" },
    remaining: "{days} offen",
    ideal: "{days} ideal",
    scope: "{days} Umfang",
    notDropped: "{days} gültig",
    done: "{days} erledigt",
    columns: { at: "Zeitpunkt", scope: "Umfang", done: "erledigt", remaining: "verbleibend", ideal: "ideal" },
    changeInDays: { one: "{change} Tag", other: "{change} Tage" },
    changeInPoints: { one: "{change} Punkt", other: "{change} Punkte" },
    changeInTasks: { one: "{change} Aufgabe", other: "{change} Aufgaben" },
  },
  velocity: {
    title: { one: "Velocity über {n} Sprint", other: "Velocity über {n} Sprints" },
    desc: "Median pro Sprint: {median} {unit}; die Hälfte der Sprints liegt zwischen {lower} und {upper}. Punkte zeigen erledigte, Striche zugesagte Arbeit.",
    others: {
      one: " {n} Sprint mit anderer Einheit ausgelassen ({unit}).",
      other: " {n} Sprints mit anderer Einheit ausgelassen ({unit}).",
    },
    mark: "Sprint {sprint}: {completed} erledigt, {committed} zugesagt",
    restated: " (berichtigt)",
    middle: "mittlere Hälfte der Sprints",
    median: "{days} Median",
    columns: { sprint: "Sprint", title: "Titel" },
  },
  debt: {
    title: "Technische Schulden im Zeitverlauf",
    desc: "{opened} aufgenommen und {paid} abgebaut in {sprints}; {open} am Ende verbleibend, {owed}.",
    sprints: { one: "{n} Sprint", other: "{n} Sprints" },
    moves: "Sprint {sprint}: {opened} aufgenommen, {paid} abgebaut",
    open: "Sprint {sprint}: {open} verbleibend, {owed}",
    openLabel: "{open} verbleibend",
    columns: {
      sprint: "Sprint",
      owed: "Größe der Schulden, {unit}",
      p50: "Alter p50",
      p85: "Alter p85",
      p95: "Alter p95",
    },
  },
  estimation: {
    title: "Schätzung und Istaufwand in Sprint {sprint}",
    none: "Keine fertige Aufgabe hat sowohl eine Schätzung als auch festgehaltenen Aufwand.",
    desc: {
      one: "{n} fertige Aufgabe mit beidem, davon {over} länger als geschätzt; Schätzfehler insgesamt {error} Personentage.",
      other:
        "{n} fertige Aufgaben mit beidem, davon {over} länger als geschätzt; Schätzfehler insgesamt {error} Personentage.",
    },
    descInPoints: {
      one: "{n} fertige Aufgabe mit beidem. {note}",
      other: "{n} fertige Aufgaben mit beidem. {note}",
    },
    mark: "{issue}: {estimate} geschätzt, {actual} gebraucht",
    xAxis: "Schätzung, {unit}",
    yAxis: "Istaufwand, Personentage",
    columns: {
      issue: "Issue",
      title: "Titel",
      estimate: "Schätzung",
      actual: "Ist",
      error: "Fehler",
      inPoints: "Schätzung, Punkte",
      inDays: "Ist, Personentage",
    },
  },
  spark: {
    inDays: "Umfang von {from} auf {to} Tage, {done} Tage erledigt",
    inPoints: "Umfang von {from} auf {to} Punkte, {done} Punkte erledigt",
    inTasks: "Umfang von {from} auf {to} Aufgaben, {done} Aufgaben erledigt",
  },
};
