// Was Importe jeder Art gemeinsam haben, auf Deutsch; siehe import-en.ts.
import type { importEn } from './import-en.ts';

type Widened<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Widened<T[Key]> };

export const importDe: Widened<typeof importEn> = {
  csvImport: {
    file: 'Datei',
    state: 'Stand',
    rows: 'Zeilen',
    created: 'Neu',
    updated: 'Bekannt',
    bad: 'Ausgelassen',
    who: 'Von',
    when: 'Wann',
    states: { uploaded: 'Nicht begonnen', running: 'Läuft', done: 'Fertig', failed: 'Angehalten' },
    percent: '{{percent, number}} %',
    choose: 'Datei wählen',
    drop: 'oder hierher ziehen',
    formats:
      'UTF-8, UTF-16 oder Latin-1; Kommas, Semikolons oder Tabulatoren; bis 200 MB und 1.000.000 Zeilen.',
    uploading: '{{file}} wird hochgeladen: {{done}} von {{total}} MB',
    unreadable: 'Die Datei lässt sich nicht lesen. Wählen Sie sie noch einmal.',
    emptyFile: 'Die Datei ist leer.',
    about: '{{rows}} · {{encoding}} · {{separator}}',
    rowCount_one: '{{count, number}} Zeile',
    rowCount_other: '{{count, number}} Zeilen',
    encodings: { 'utf-8': 'UTF-8', 'windows-1252': 'Windows-1252 (Latin-1)', 'utf-16': 'UTF-16' },
    separators: {
      comma: 'mit Kommas getrennt',
      semicolon: 'mit Semikolons getrennt',
      tab: 'mit Tabulatoren getrennt',
    },
    looking: 'Die Datei wird durchgesehen …',
    columnsTitle: 'Spalten',
    unnamedColumn: 'Spalte {{place}}',
    noValues: 'leer',
    leftAside: 'Wird nicht übernommen',
    targetOf: 'Was „{{column}}“ ist',
    twice: 'Eine andere Spalte ist das schon.',
    noColumn: 'Sagen Sie von mindestens einer Spalte, was sie ist.',
    allGood: 'Alle Zeilen können übernommen werden. Noch ist nichts übernommen.',
    badRows_one:
      '{{count, number}} Zeile kann nicht übernommen werden und würde ausgelassen; die übrigen sind in Ordnung.',
    badRows_other:
      '{{count, number}} Zeilen können nicht übernommen werden und würden ausgelassen; die übrigen sind in Ordnung.',
    allBad: 'Keine Zeile kann übernommen werden. Berichtigen Sie oben die Spalten oder die Datei selbst.',
    problemList: 'Was nicht stimmt, nach Zeilen',
    firstProblems: 'Die ersten {{count, number}}; alle lassen sich nach dem Import speichern.',
    row: 'Zeile',
    column: 'Spalte',
    problem: 'Problem',
    wholeRow: 'ganze Zeile',
    start_one: '{{count, number}} Zeile importieren',
    start_other: '{{count, number}} Zeilen importieren',
    goOn: 'Fortsetzen',
    progress: '{{done, number}} von {{total, number}} Zeilen',
    runningText: 'Der Hub arbeitet weiter, auch wenn Sie dieses Fenster schließen. Anrufe laufen ungestört.',
    failedText:
      'Der Import hat angehalten, weil am Hub etwas fehlschlug; sein Protokoll sagt, was. Was übernommen ist, bleibt; „Fortsetzen“ macht mit der nächsten Zeile weiter.',
    figures: 'Was aus den Zeilen wurde',
    badTitle_one: '{{count, number}} Zeile wurde ausgelassen',
    badTitle_other: '{{count, number}} Zeilen wurden ausgelassen',
    badHint:
      'Die gespeicherte Datei sagt zu jeder, warum. Berichtigen Sie diese Zeilen und importieren Sie nur sie: Ohne externe Kennung kämen die übrigen ein zweites Mal.',
    saveProblems: 'Probleme speichern',
    saved: 'Gespeichert als {{path}}',
    removeUploaded: 'Verwerfen',
    removeUploadedHint:
      'Es wurde nichts übernommen. Ohne Start bleibt der Import einen Tag in der Liste; Verwerfen entfernt die Datei sofort vom Hub.',
    removeRunning: 'Import beenden',
    removeRunningHint:
      'Was übernommen ist, bleibt; der Rest wird nicht übernommen und lässt sich nicht fortsetzen.',
    removeFailed: 'Aufgeben',
    removeFailedHint: 'Was übernommen ist, bleibt; der Rest wird nicht übernommen.',
    removeDone: 'Aus der Liste entfernen',
    removeAsk: 'Den Import von „{{file}}“ beenden?',
  },
};
