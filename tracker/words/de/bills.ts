import type { Texts } from "../words.ts";

export const bills: Texts["bills"] = {
  notThere: "es gibt noch keine solche Rechnung",
  notUtf8: "nicht gelesen, denn die Datei ist nicht in UTF-8: bitte so speichern",
  empty: "die Datei ist leer",
  unknownColumns:
    "solche Spalten hat keine bekannte Rechnung ({known}): {columns}; in settings.yml mit budget.columns benennen",
  noCharge: "die Datei enthält keine Kosten",
  noDate: "{column} ist kein Datum: {cell}",
  noAmount: "{column} ist kein Betrag: {cell}",
  noCurrency: "{cell} ist kein Währungscode, erwartet wird einer wie EUR",
  endsBefore: "endet ({to}), bevor sie beginnt ({from})",
  quotes: "ab hier nicht gelesen, denn die Anführungszeichen passen nicht zueinander",
  broken: "ab hier nicht gelesen: {why}",
  moreLines: {
    one: "{n} weitere Zeile ist nicht lesbar",
    other: "{n} weitere Zeilen sind nicht lesbar",
  },
  countedOnce: {
    one: "{n} Zeile steht auch in {file} und ist einmal gezählt",
    other: "{n} Zeilen stehen auch in {file} und sind einmal gezählt",
  },
};
