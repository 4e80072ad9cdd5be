// Texte der Seite Anrufformular.
import type { recordsEn } from './records-en.ts';

type Widened<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Widened<T[Key]> };

export const recordsDe: Widened<typeof recordsEn> = {
  callForm: {
    empty:
      'Das Formular, das sich bei einem Anruf öffnet, gehört zu einem Projekt. Sobald es eines gibt, das Sie ändern dürfen, können Sie sein Formular hier einrichten.',
    opensTitle: 'Wann es sich öffnet und was es anlegt',
    opens: 'Anrufe von außen',
    opensHint: 'Öffnet sich von selbst im Hauptfenster.',
    opensInternal: 'Anrufe aus dem Haus',
    opensInternalHint: 'Von Nebenstellen des Unternehmens.',
    when: {
      beforeAnswer: 'Sobald es klingelt',
      afterAnswer: 'Nach dem Annehmen',
      never: 'Nicht von selbst',
    },
    creates: 'Eine unbekannte Nummer wird',
    createsHint: 'Diese Art von Datensatz legt das Speichern an.',
    createsForEverybody: 'Kontakt ohne Projekt, für alle',
    greeting: 'Begrüßung',
    greetingHint: 'Steht über dem Formular: was zuerst gesagt wird. Leer: keine.',
    fields: 'Felder jedes Datensatzes',
    fieldsHint:
      'Angehakte werden gezeigt, in dieser Reihenfolge. Ein Pflichtfeld muss ausgefüllt sein, bevor der Anruf gespeichert wird.',
    ownFields: 'Felder dieses Projekts',
    ownFieldsHint: 'Was hier sonst noch gefragt wird, etwa „Kundennummer“ oder „Wünscht Prospekt“.',
    noOwnFields: 'Noch keine.',
    addField: 'Feld hinzufügen',
    label: 'Bezeichnung',
    labelPlaceholder: 'Etwa „Kundennummer“',
    type: 'Typ',
    typeStays:
      'Datensätze haben Werte dieses Typs, deshalb bleibt er. Für einen anderen fügen Sie ein neues Feld hinzu.',
    types: { text: 'Text', number: 'Zahl', date: 'Datum', choice: 'Auswahl', yesNo: 'Ja oder nein' },
    required: 'Pflichtfeld',
    requiredOf: '{{name}} ist Pflichtfeld',
    choicesOf: 'Was sich bei {{name}} wählen lässt',
    choicesPlaceholder: 'Je Zeile ein Wert',
    remove: '{{name}} entfernen',
    removeHint: 'Datensätze behalten, was darin steht.',
    unnamed: 'ohne Bezeichnung',
    labelMissing: 'Geben Sie eine Bezeichnung ein.',
    labelTaken: 'Ein anderes Feld heißt schon so.',
    choicesMissing: 'Tragen Sie ein, was sich wählen lässt.',
    choiceTwice: 'Zwei davon sind gleich.',
    previewTitle: 'So sieht man es beim Anruf',
    preview: {
      beforeAnswer:
        'Bei einer Nummer, die noch niemand hat, sobald es klingelt. Probieren Sie es aus: Nichts wird gespeichert.',
      afterAnswer:
        'Bei einer Nummer, die noch niemand hat, nach dem Annehmen. Probieren Sie es aus: Nichts wird gespeichert.',
    },
    previewNever: 'Nur wenn man es vom Anruf aus öffnet. Probieren Sie es aus: Nichts wird gespeichert.',
  },
  refusal: {
    fieldTwice: 'Ein Feld steht zweimal da. Nichts wurde gespeichert; laden Sie die Seite neu.',
    typeChanged:
      'Datensätze haben in diesem Feld Werte eines anderen Typs. Nichts wurde gespeichert; fügen Sie stattdessen ein neues Feld hinzu.',
    choicesMissing:
      'Bei einer Auswahl fehlt, was sich wählen lässt. Nichts wurde gespeichert; tragen Sie etwas ein.',
    choiceTwice: 'Zwei Werte einer Auswahl sind gleich. Nichts wurde gespeichert; entfernen Sie einen.',
  },
};
