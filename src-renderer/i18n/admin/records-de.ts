// Texte der Seiten Anrufformular und Datensätze.
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
  records: {
    import: 'Importieren',
    export: 'Exportieren',
    erase: 'Endgültig löschen',
    emptyTitle: 'Noch keine Importe',
    empty:
      'Hier werden Personen und Firmen aus einer CSV-Datei übernommen, wie andere Programme sie schreiben. Was importiert wurde, von wem und mit welchem Ergebnis, steht dann an dieser Stelle.',
    importTitle: 'Datensätze importieren',
    importLead:
      'Eine CSV-Datei mit Kopfzeile. Sie sehen zuerst, was daraus würde; übernommen wird erst, wenn Sie den Import starten.',
    goneText: 'Dieser Import wurde inzwischen entfernt. Übernommene Datensätze sind weiterhin da.',
    defaultsTitle: 'Für neue Datensätze',
    kind: 'Art, wenn die Zeile keine nennt',
    project: 'Projekt',
    everybody: 'Keines: alle sehen sie',
    owner: 'Zuständig, wenn die Zeile niemanden nennt',
    nobody: 'Niemand',
    columnsHint:
      'Was jede Spalte ist, mit ihren ersten Werten. Eine Zeile mit bekannter externer Kennung ändert diesen Datensatz; ohne Kennung wird jede Zeile ein neuer.',
    groups: {
      person: 'Wer es ist',
      reach: 'Nummern und E-Mail',
      address: 'Anschrift',
      more: 'Weiteres',
      own: 'Felder des Projekts',
    },
    targets: {
      externalId: 'Externe Kennung',
      kind: 'Art',
      firstName: 'Vorname',
      lastName: 'Nachname',
      companyName: 'Firma',
      numberMain: 'Nummer',
      numberMobile: 'Nummer: mobil',
      numberWork: 'Nummer: Arbeit',
      numberHome: 'Nummer: privat',
      numberOther: 'Nummer: weitere',
      emails: 'E-Mail',
      street: 'Straße',
      houseNumber: 'Hausnummer',
      zipCode: 'Postleitzahl',
      city: 'Ort',
      country: 'Land',
      description: 'Beschreibung',
      tags: 'Schlagwörter',
      owner: 'Zuständig (Benutzername)',
    },
    doneText: 'Der Import ist fertig. Die Arbeitsplätze holen sich die Datensätze von selbst.',
    removeDoneHint: 'Die Datensätze bleiben.',
    exportTitle: 'Datensätze exportieren',
    exportLead: 'Als CSV-Datei in Ihren Ordner für Downloads, mit den Spalten, die ein Import liest.',
    exportProject: 'Projekt',
    allProjects: 'Alle Projekte und Datensätze ohne Projekt',
    noProject: 'Datensätze ohne Projekt',
    exportKind: 'Art',
    allKinds: 'Alle Arten',
    doExport: 'Exportieren',
    exporting_zero: 'Der Hub wird gefragt …',
    exporting_one: 'Bisher {{count, number}} Datensatz',
    exporting_other: 'Bisher {{count, number}} Datensätze',
    writing: 'Die Datei wird geschrieben …',
    exportPersonal:
      'Die Datei enthält personenbezogene Daten. Bewahren Sie sie dort auf, wo nur Befugte sie lesen können, und löschen Sie sie nach Gebrauch.',
    eraseTitle: 'Datensatz endgültig löschen',
    eraseLead: 'Wenn jemand verlangt, vergessen zu werden. Das lässt sich nicht rückgängig machen.',
    eraseSearch: 'Nach Name, Nummer oder E-Mail suchen',
    eraseFirst: 'Suchen Sie zuerst den Datensatz.',
    eraseNone:
      'Das hat kein Datensatz. Versuchen Sie eine andere Schreibweise oder nur einen Teil des Namens.',
    eraseMany: 'Das sind die ersten zwanzig. Schreiben Sie mehr, um den richtigen zu finden.',
    eraseResults: 'Gefundene Datensätze',
    unnamed: 'Ohne Namen',
    eraseOf: '{{name}} löschen …',
    eraseShort: 'Löschen …',
    eraseAsk: '„{{name}}“ endgültig löschen?',
    eraseGoes:
      'Gelöscht wird, am Hub sofort und auf jedem Arbeitsplatz, sobald er online ist: der Datensatz mit Nummern und Anschriften, alle Notizen dazu, der Verlauf seiner Änderungen, die Notizen seiner Anrufe und Nachrichten auf der Voicemail, die von seinen Nummern kamen.',
    eraseStays:
      'Was bleibt: dass es Anrufe gab, wann und mit welchem Ausgang, ohne Nummer und Namen; und der Eintrag im Änderungsprotokoll, dass Sie einen Datensatz gelöscht haben.',
    eraseBackups: 'Nicht erreicht werden Sicherungen des Hubs von vorher.',
    eraseYes: 'Endgültig löschen',
    erased:
      '„{{name}}“ ist gelöscht. Arbeitsplätze, die gerade nicht verbunden sind, löschen ihn, sobald sie online sind.',
  },
  importProblem: {
    quoteOpen: 'Hier beginnt ein Anführungszeichen und endet nie; was folgt, ließ sich nicht lesen.',
    tooManyCells: 'Mehr Zellen als die Kopfzeile. Vielleicht fehlt ein Anführungszeichen.',
    malformed: 'Die Zelle enthält ein NUL-Zeichen. Die Datei ist vielleicht beschädigt.',
    fieldMalformed: 'Diesen Wert kann das Feld nicht haben.',
    nameMissing: 'Weder Name noch Nummer noch E-Mail-Adresse.',
    kindUnknown: 'So heißt keine Art von Datensatz.',
    noSuchUser: 'Niemand hat diesen Benutzernamen.',
    emailMalformed: 'Das ist keine E-Mail-Adresse.',
    tooLong: 'In der Zelle steht mehr, als hineinpasst.',
  },
  refusal: {
    noSuchImport:
      'Diesen Import gibt es nicht mehr. Übernommene Datensätze bleiben. Laden Sie die Datei noch einmal hoch.',
    noSuchRecord:
      'Diesen Datensatz gibt es nicht mehr: Er wurde inzwischen gelöscht. Sonst wurde nichts geändert.',
    tooLarge: 'Die Datei ist größer als 200 MB. Es wurde nichts übernommen; teilen Sie sie auf.',
    tooManyRows: 'Die Datei hat mehr als 1.000.000 Zeilen. Es wurde nichts übernommen; teilen Sie sie auf.',
    pieceMissing:
      'Ein Teil der Datei kam nicht an. Es wurde nichts übernommen; wählen Sie die Datei noch einmal.',
    fileEmpty: 'Unter der Kopfzeile der Datei steht nichts. Es wurde nichts übernommen.',
    fileMalformed: 'Das ist keine CSV-Datei, oder sie ist beschädigt. Es wurde nichts übernommen.',
    alreadyStarted: 'Dieser Import wurde inzwischen schon gestartet. Es wurde nichts geändert.',
    columnTwice: 'Zwei Spalten sollen dasselbe sein. Es wurde nichts übernommen; ändern Sie eine davon.',
    columnMissing:
      'Keine Spalte ist etwas von einem Datensatz. Es wurde nichts übernommen; sagen Sie, was die Spalten sind.',
    noSuchField:
      'Dieses Feld hat das Projekt nicht mehr. Es wurde nichts übernommen; sehen Sie die Spalten an.',
    fieldTwice: 'Ein Feld steht zweimal da. Nichts wurde gespeichert; laden Sie die Seite neu.',
    typeChanged:
      'Datensätze haben in diesem Feld Werte eines anderen Typs. Nichts wurde gespeichert; fügen Sie stattdessen ein neues Feld hinzu.',
    choicesMissing:
      'Bei einer Auswahl fehlt, was sich wählen lässt. Nichts wurde gespeichert; tragen Sie etwas ein.',
    choiceTwice: 'Zwei Werte einer Auswahl sind gleich. Nichts wurde gespeichert; entfernen Sie einen.',
  },
};
