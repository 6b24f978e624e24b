import type { Texts } from "../words.ts";

export const figures: Texts["figures"] = {
  committed: {
    label: "zugesagt",
    definition:
      "Gesamtschätzung der Aufgaben, die zu Beginn im Sprint und noch nicht erledigt oder verworfen waren.",
    definitionInTasks: "Die Aufgaben, die zu Beginn im Sprint und noch nicht erledigt oder verworfen waren.",
  },
  added: {
    label: "hinzugekommen",
    title: "Nach Beginn hinzugekommen",
    definition:
      "Gesamtschätzung am Ende der Aufgaben, die nicht zugesagt waren: nach Beginn hinzugekommen oder zu Beginn erledigt oder verworfen und später wieder geöffnet.",
    definitionInTasks:
      "Die Aufgaben, die am Ende im Sprint, aber nicht zugesagt waren: nach Beginn hinzugekommen oder zu Beginn erledigt oder verworfen und später wieder geöffnet.",
    more: "Neue Schätzungen hinzugekommener Aufgaben zählen hier mit. Aufgaben, die hinzukamen und wieder gingen, werden aufgeführt (`cameAndWent`), aber nicht mitgezählt.",
  },
  removed: {
    label: "entfernt",
    definition: "Gesamtschätzung zu Beginn der zugesagten Aufgaben, die am Ende nicht mehr im Sprint waren.",
    definitionInTasks: "Die zugesagten Aufgaben, die am Ende nicht mehr im Sprint waren.",
    more: "Mit dem Grund aufgeführt: verschoben, herausgenommen, übertragen oder gelöscht.",
  },
  reestimated: {
    label: "neu geschätzt",
    definition:
      "Änderung der Schätzungen von Beginn bis Ende bei zugesagten Aufgaben, die im Sprint geblieben sind.",
  },
  final: {
    label: "Endumfang",
    short: "Ende",
    definition:
      "Zugesagt + hinzugekommen + neu geschätzt − entfernt: die Gesamtschätzung der Aufgaben, die am Ende im Sprint waren.",
    definitionInTasks: "Zugesagt + hinzugekommen − entfernt: alle Aufgaben, die am Ende im Sprint waren.",
    more: "Aufgaben, die während des ganzen Sprints erledigt oder verworfen waren, zählen nicht mit.",
  },
  completed: {
    label: "erledigt",
    definition: "Gesamtschätzung der Aufgaben, die am Ende im Sprint und erledigt waren.",
    definitionInTasks: "Die Aufgaben, die am Ende im Sprint und erledigt waren.",
    more: "Eine Aufgabe, die geschlossen und wieder geöffnet wurde, ist nicht erledigt.",
  },
  completedInitial: {
    label: "Zugesagtes erledigt",
    title: "davon zu Beginn zugesagt",
    definition: "Der Teil der erledigten Arbeit, der zu Beginn zugesagt war.",
  },
  notCompleted: {
    label: "nicht erledigt",
    definition: "Der Endumfang ohne die erledigte und die verworfene Arbeit.",
  },
  frozen: {
    label: "verworfen",
    definition:
      "Gesamtschätzung der Aufgaben des Sprints, die verworfen wurden oder sich als ungültig erwiesen.",
    definitionInTasks: "Die Aufgaben des Sprints, die verworfen wurden oder sich als ungültig erwiesen.",
    more: "Sie liegen am Ende in der Ablage: als nicht geplant oder als Duplikat geschlossen, in eine Diskussion umgewandelt oder als verworfen gekennzeichnet.",
  },
  actual: {
    label: "Istaufwand",
    short: "Ist",
    definition:
      "Tage, die tatsächlich auf den Endumfang verwendet wurden, soweit die Aufgaben es festhalten.",
    more: "Eine Schätzung tritt nie an seine Stelle. Es zählt alles, was bis zum Ende festgehalten ist, aus dem Label `actual: M` oder sonst aus Kommentaren wie `/spend 1d 2h`, abzüglich dessen, was frühere Sprints gezählt haben. Nie unter 0: Wurde ein früherer Eintrag nach unten korrigiert, steht er unter `corrections`. Unbekannt, wenn seither nichts festgehalten wurde.",
  },
  spentElsewhere: {
    label: "Aufwand außerhalb",
    title: "Aufwand außerhalb des Sprintumfangs",
    definition: "Tage, die im Sprint für Aufgaben außerhalb seines Endumfangs festgehalten wurden.",
    more: "Diese Aufgaben haben den Sprint verlassen, waren nie darin oder waren durchgehend erledigt oder verworfen.",
  },
  actualShare: {
    label: "Aufgaben mit Istaufwand",
    definition: "Anteil der Aufgaben im Endumfang, für die Istaufwand festgehalten ist.",
    more: "Eine Aufgabe, die über ihre Unteraufgaben gezählt wird, gehört nicht dazu.",
  },
  estimationError: {
    label: "Schätzfehler",
    definition: "Istaufwand minus Schätzung, bei den Aufgaben, die beides haben.",
    withPoints: "keiner, wenn Größen Punkte sind, da Aufwand in Tagen festgehalten wird.",
    more: "Für jede Aufgabe als Ganzes, frühere Sprints eingeschlossen.",
  },
  unexpectedActual: {
    label: "Aufwand für Ungeplantes",
    definition: "Tage, die tatsächlich auf ungeplante Aufgaben verwendet wurden, soweit diese es festhalten.",
  },
  sayDo: {
    label: "Erfüllungsgrad",
    definition: "Erledigt ÷ zugesagt, hinzugekommene Arbeit eingeschlossen.",
    more: "Über 100 % heißt, dass auch ungeplante Arbeit erledigt wurde.",
  },
  sayDoInitial: {
    label: "Zusage erfüllt",
    short: "Zusage erfüllt",
    definition: "Erledigte Arbeit, die zu Beginn zugesagt war, ÷ zugesagt.",
    more: "Wie viel von der Zusage geliefert wurde. Steht neben dem Erfüllungsgrad, weil jeder der beiden für sich täuschen kann.",
  },
  unestimated: {
    label: "nicht geschätzt",
    definition: "Aufgaben im Endumfang, die keine Schätzung haben.",
    more: "Sie werden gezählt und aufgeführt; eine Größe wird nicht angenommen.",
  },
  capacityDays: {
    label: "Kapazität",
    definition:
      "Personentage, die dem Team zur Verfügung stehen, aus der Datei des Sprints unter content/sprints/.",
    withPoints: "in Tagen, daher nicht mit Größen in Punkten verglichen.",
  },
  unexpected: {
    label: "ungeplant",
    title: "Ungeplante Aufgaben",
    definition: "Die hinzugekommenen Aufgaben: am Ende im Sprint, aber zu Beginn nicht zugesagt.",
    definitionSoFar: "Die hinzugekommenen Aufgaben: jetzt im Sprint, aber zu Beginn nicht zugesagt.",
    more: "Aufgeführt mit Zeitpunkt und Weg: neu, in den Sprint gezogen, wieder geöffnet oder aus der Ablage geholt. Es entscheidet der Zeitpunkt, für jeden Sprint gesondert, nie ein Label.",
  },
  carriedOver: {
    label: "offen geblieben",
    titleSoFar: "Noch offen",
    definition: "Aufgaben, die am Ende im Sprint und weder erledigt noch verworfen waren.",
    definitionSoFar: "Aufgaben im Sprint, die noch weder erledigt noch verworfen sind.",
    more: "Aufgeführt mit der Zahl früherer Sprints, in denen sie schon waren. Solange der Sprint läuft: Aufgaben, die noch offen sind.",
  },
  movedOn: {
    label: "in den nächsten Sprint verschoben",
    title: "Vor dem Ende in den nächsten Sprint verschoben",
    definition: "Aufgaben, die in den nächsten Sprint verschoben wurden, bevor dieser zu Ende war.",
  },
  blocked: {
    label: "blockiert",
    title: "Blockierte Aufgaben",
    definition: "Aufgaben, die offen und im Sprint waren und auf ein anderes offenes Issue warten mussten.",
    more: "Aus den Abhängigkeiten, die GitHub kennt. Liegt das blockierende Issue in einem anderen Repository, ist nur die Beziehung bekannt, nicht ob es noch offen ist: Solche Zeit ist erschlossen.",
  },
  blockedDays: {
    label: "Tage blockiert",
    definition: "Wie lange die blockierten Aufgaben warteten, in Kalendertagen zu 24 Stunden, jede für sich.",
  },
  cameAndWent: {
    label: "hinzugekommen und wieder entfernt",
    definition:
      "Aufgaben, die nach Beginn hinzukamen und vor dem Ende wieder gingen; sie sind aufgeführt, aber in keiner Summe.",
  },
  freezebox: {
    label: "Ablage",
    definition: "Aufgaben des Sprints, die verworfen wurden oder sich als ungültig erwiesen.",
    more: "Mit dem Grund aufgeführt.",
  },
  finishedOutside: {
    label: "außerhalb eines Sprints erledigt",
    definition:
      "Aufgaben, die nach dem Ende dieses Sprints und vor Beginn des nächsten erledigt wurden, oder während dieses Sprints, ohne in einem zu sein.",
    more: "Was nach dem Ende geschieht, ist nur bis zum letzten Abgleich bekannt und ändert keinen früheren Bericht.",
  },
  finishedBefore: {
    label: "seit dem letzten Sprint erledigt",
    definition:
      "Aufgaben, die nach dem Ende des vorigen Sprints und vor Beginn dieses Sprints erledigt wurden.",
    more: "Beim ersten Sprint: was noch während seiner Planung erledigt wurde (planGraceHours).",
  },
  late: {
    label: "verspätet erledigt",
    definition: "Aufgaben, die während dieses Sprints erledigt wurden und nur in früheren waren.",
  },
  corrections: {
    label: "Aufwandskorrekturen",
    definition:
      "Aufgaben, deren Aufwand im Sprint auf weniger korrigiert wurde, als ein früherer Sprint gezählt hatte.",
  },
  debtOpened: {
    label: "Schulden aufgenommen",
    short: "aufgenommen",
    definition: "Technische Schulden, die im Sprint aufgenommen wurden.",
    more: "Ein Issue gilt als Schuld, solange es als solche gekennzeichnet, offen und nicht verworfen ist. Wird es wieder geöffnet oder erneut gekennzeichnet, gilt es als wieder aufgenommen.",
  },
  debtPaid: {
    label: "Schulden abgebaut",
    short: "abgebaut",
    definition: "Technische Schulden, die im Sprint abgebaut wurden.",
  },
  debtDropped: {
    label: "Schulden verworfen",
    short: "verworfen",
    definition: "Technische Schulden, die nicht mehr zählen und nicht abgebaut wurden.",
    more: "Verworfen, nicht mehr als Schuld gekennzeichnet, übertragen oder gelöscht; mit dem Grund aufgeführt.",
  },
  debtNet: {
    label: "Schulden, Saldo",
    short: "Saldo",
    definition: "Aufgenommene technische Schulden minus abgebaute und verworfene.",
    more: "Verbleibend zu Beginn + aufgenommen − abgebaut − verworfen = verbleibend am Ende.",
  },
  debtOpen: {
    label: "Schulden verbleibend",
    short: "verbleibend",
    definition: "Technische Schulden, die am Ende des Sprints verbleiben.",
    more: "Ihr Alter ist in Kalendertagen angegeben: Median, 85. und 95. Perzentil.",
  },
  daysOwed: {
    label: "Größe der Schulden",
    short: "Größe",
    definition: "Gesamtschätzung der technischen Schulden, die am Ende des Sprints verbleiben.",
  },
  keepRate: {
    label: "Vorsätze eingehalten",
    short: "eingehalten",
    definition: "Eingehaltene Vorsätze ÷ Vorsätze, die im Review dieses Sprints beantwortet wurden.",
    more: "Ein Vorsatz, der auf ein Issue verweist, wird durch dieses beantwortet.",
  },
};
