import type { Texts } from "../words.ts";

export const flowFigures: Texts["flowFigures"] = {
  lead: {
    label: "Durchlaufzeit",
    title: "Durchlaufzeit",
    definition: "Vom Anlegen einer Aufgabe bis zu dem Zeitpunkt, an dem sie zum letzten Mal erledigt wurde.",
  },
  cycle: {
    label: "Bearbeitungszeit",
    title: "Bearbeitungszeit",
    definition:
      "Von dem Zeitpunkt, an dem eine Aufgabe zum ersten Mal in einer Spalte für laufende Arbeit stand, bis sie fertig war.",
    more: "Unbekannt, wenn sie nie in einer stand: Solche Aufgaben werden neben den Perzentilen gezählt, nie darin.",
  },
  lanes: {
    label: "Zeit je Spalte",
    title: "Zeit je Spalte",
    definition: "Wie lange fertige Aufgaben in jeder Spalte standen, vom Anlegen bis zur Fertigstellung.",
    more: "Es zählt die Spalte des Boards, auf dem ein Issue, das zu irgendeinem Sprint gehört, als Teil des Sprints gilt.",
  },
  efficiency: {
    label: "Flusseffizienz",
    title: "Flusseffizienz",
    definition:
      "Arbeitszeit in Bearbeitung und nicht blockiert ÷ Arbeitszeit in einem Sprint, über alle fertigen Aufgaben zusammen.",
    more: "Unbekannt, wenn keine davon je in einer Spalte für laufende Arbeit stand.",
  },
  blocked: {
    label: "blockiert",
    title: "Blockiert",
    definition: "Zeit, in der eine Aufgabe als durch ein damals offenes Issue blockiert gekennzeichnet war.",
    more: "Bei einem Issue eines anderen Repositorys wird angenommen, dass es so lange offen blieb, wie die Kennzeichnung bestand.",
  },
  weeks: {
    label: "Durchsatz",
    title: "Durchsatz pro Woche",
    definition:
      "Aufgaben, die von Montag bis Sonntag in der Zeitzone des Teams fertig wurden, in welchem Sprint auch immer.",
    more: "Bei einem einzelnen Sprint: dessen eigene Aufgaben. Eine Woche, die über den Zeitraum hinausreicht, ist gekennzeichnet und zählt im Mittel nicht mit.",
  },
  ageing: {
    label: "Alter",
    title: "Alter der laufenden Arbeit",
    definition:
      "Vor wie langer Zeit eine noch nicht fertige Aufgabe auf dem Board eines Sprints begonnen wurde.",
    more: "Verglichen mit den Bearbeitungszeiten aller Aufgaben, die in den 26 Wochen davor fertig wurden, sofern es mindestens 10 sind.",
  },
  cumulative: {
    label: "kumulativer Fluss",
    title: "Kumulativer Fluss",
    definition:
      "Aufgaben in jeder Spalte des Sprintboards zu jeder Mitternacht; von den erledigten nur jene, die seit Beginn des Zeitraums fertig wurden.",
    more: "Ohne das Backlog.",
  },
};
