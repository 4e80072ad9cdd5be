// What the pages of the admin window have in common, in German.
export const sharedDe = {
  nav: {
    label: 'Verwaltung',
    title: 'Verwaltung',
    users: 'Benutzer',
    teams: 'Teams',
    projects: 'Projekte',
    dispositions: 'Ergebnisse',
    callForm: 'Anrufformular',
    records: 'Datensätze',
    statuses: 'Status',
    audit: 'Änderungsprotokoll',
    system: 'System',
  },
  page: {
    away: 'Der Hub ist nicht erreichbar. Sie sehen, was er zuletzt gesagt hat; ändern lässt sich nichts, bis er zurück ist. Offhook versucht es weiter.',
    loading: 'Der Hub wird gefragt …',
    noneFoundTitle: 'Nichts gefunden',
    noneFound: 'Kein Eintrag enthält alle diese Wörter. Suchen Sie nach weniger oder anderen.',
  },
  drawer: {
    goneTitle: 'Nicht mehr vorhanden',
    close: 'Schließen',
    cancel: 'Abbrechen',
    create: 'Anlegen',
    save: 'Speichern',
    discardTitle: 'Eingaben verwerfen?',
    discardText: 'Sie sind noch nicht gespeichert.',
    discard: 'Verwerfen',
    keepEditing: 'Weiter bearbeiten',
  },
  meanwhile: {
    title: 'Jemand anderes hat dies inzwischen geändert',
    takenOver: 'Übernommen, da Sie dort nichts eingegeben hatten: {{fields}}.',
    decide: 'Das Folgende haben Sie beide geändert. Entscheiden Sie jedes, dann speichern Sie.',
    theirs: 'Steht jetzt dort',
    mine: 'Ihre Eingabe',
    takeTheirs: 'Andere übernehmen',
    keepMine: 'Eigene behalten',
  },
  picker: {
    search: 'Suchen',
    chosen: 'Ausgewählt: {{count}}',
    none: 'Niemand gefunden.',
  },
  common: { none: 'keine', yes: 'ja', no: 'nein', copy: 'Kopieren', copied: 'Kopiert' },
  refusal: {
    notAllowed: 'Ihr Konto darf das nicht. Es wurde nichts geändert. Fragen Sie einen Super-Admin.',
    changedMeanwhile:
      'Jemand anderes hat dies kurz vor Ihnen geändert, daher wurde nichts gespeichert. Die Änderungen stehen oben; sehen Sie sie an und speichern Sie erneut.',
  },
};
