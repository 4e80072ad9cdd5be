// Call mode for agents, in German. Formal address; the shape is fixed by dial-up-en.ts.
import type { DialUpTexts } from './dial-up-en.ts';

export const dialUpDe: DialUpTexts = {
  nav: 'Anwahl',
  title: 'Anwahl',
  mode: {
    newLeads: 'Neue Leads',
    reconfirmation: 'Nachbestätigung',
    beforeBuyout: 'Vor der Abholung',
    random1: 'Zufall 1',
    random2: 'Zufall 2',
  },
  bucket: { unprocessed: 'Unbearbeitet', noAnswer: 'Nicht erreicht', callBack: 'Geplanter Rückruf' },
  button: {
    confirmed: 'Bestätigt',
    refused: 'Abgelehnt',
    willCollect: 'Holt ab',
    collected: 'Abgeholt',
    callBack: 'Rückruf',
    noAnswer: 'Keine Antwort',
    busy: 'Besetzt',
    hangUp: 'Aufgelegt',
    wrongNumber: 'Falsche Nummer',
    extra1: 'Extra 1',
    extra2: 'Extra 2',
  },
  why: {
    ownCallBackDue: 'Ihr zugesagter Rückruf ist fällig',
    callBackDue: 'Ein zugesagter Rückruf ist fällig',
    highPriorityLead: 'Neuer Lead eines Projekts, das Vorrang hat',
    overStandardTime: 'Wartet länger als die Soll-Wartezeit',
    unprocessed: 'Als Nächstes an der Reihe',
    retryDue: 'Nicht erreicht; Zeit für den nächsten Versuch',
    drawn: 'Durch Zufall gezogen',
  },
  begin: 'Beginnen',
  stop: 'Aufhören',
  stopHint: 'Gibt die Bestellung unverändert zurück; jemand anderes bekommt sie',
  stopLater: 'Schließen Sie zuerst diese Bestellung ab',
  pause: 'Danach Pause',
  pauseHint: 'Nach dieser kommt keine Bestellung, bis Sie wieder beginnen',
  off: {
    title: 'Die Anwahl ist aus',
    text: 'Das System gibt Ihnen eine Bestellung nach der anderen, in der richtigen Reihenfolge. Sobald Sie beginnen, erscheint hier die erste.',
    modes: 'Sie bearbeiten',
  },
  asking: { title: 'Die nächste Bestellung wird geholt', text: 'Sie erscheint gleich hier.' },
  nothing: {
    title: 'Im Moment ist niemand anzurufen',
    text: 'Alle Bestellungen, die Sie bearbeiten dürfen, sind erledigt, für später geplant oder außerhalb der Anrufzeiten. Die nächste erscheint hier von selbst.',
    nextToday: 'Die nächste ist um {{time}} fällig.',
    next: 'Die nächste ist am {{time}} fällig.',
  },
  closed: {
    title: 'Für Sie ist kein Anrufmodus mehr offen',
    text: 'Er wurde geschlossen, oder andere bearbeiten ihn jetzt. Was Sie getan haben, bleibt erhalten und zählt. Die nächste Bestellung kommt von selbst, sobald wieder einer für Sie offen ist.',
  },
  hubAway: {
    title: 'Keine neuen Bestellungen: Der Hub antwortet nicht',
    text: 'Was Sie getan haben, liegt sicher auf diesem Computer und wird gesendet, sobald der Hub wieder da ist. Dann kommt die nächste Bestellung von selbst.',
  },
  busy: {
    title: 'Angehalten, solange Sie beschäftigt sind',
    text: 'Sie sind in einem anderen Gespräch, in dessen Nachbearbeitung oder nicht verfügbar. Die nächste Bestellung kommt von selbst, sobald Sie frei sind.',
  },
  unsent_one:
    '{{count}} Ergebnis liegt nur auf diesem Computer. Es wird von selbst gesendet, sobald der Hub wieder da ist.',
  unsent_other:
    '{{count}} Ergebnisse liegen nur auf diesem Computer. Sie werden von selbst gesendet, sobald der Hub wieder da ist.',
  standard: 'Soll {{minutes}} min',
  over: 'über der Soll-Wartezeit',
  waited: 'Zeit an dieser Bestellung',
  attempts_zero: 'Erster Versuch',
  attempts_one: 'Bisher {{count}} Versuch',
  attempts_other: 'Bisher {{count}} Versuche',
  dial: 'Anrufen',
  dialAgain: 'Noch einmal anrufen',
  lastCall: 'Letzter Anruf {{time}} · {{outcome}}',
  lastCallFailed:
    'Es wurde niemand erreicht. Rufen Sie noch einmal an, oder schließen Sie die Bestellung mit dem passenden Ergebnis ab.',
  dialNumber: '{{number}} anrufen',
  dialsIn: 'Wählt in {{seconds}} s',
  stopCountdown: 'Anhalten',
  noNumber:
    'Diese Person hat keine Nummer; es gibt nichts zu wählen. Nichts ist verloren: Tragen Sie beim Datensatz eine Nummer ein und rufen Sie an, oder schließen Sie die Bestellung mit dem passenden Ergebnis ab.',
  modeClosed:
    '„{{mode}}“ ist für Sie nicht mehr offen. Diese Bestellung gehört noch Ihnen: Rufen Sie an und schließen Sie sie wie gewohnt ab, sie zählt. Eine weitere aus diesem Modus kommt nicht.',
  noName: 'Ohne Namen',
  erased: 'Diese Person wurde gelöscht',
  number: { main: 'Haupt', mobile: 'Mobil', work: 'Arbeit', home: 'Privat', other: 'Andere' },
  card: 'Bestellung',
  about: 'Zur Bestellung',
  goods: 'Ware',
  sum: 'Summe',
  delivery: 'Lieferung',
  orderNumber: 'Bestellnummer',
  theirTime: 'Uhrzeit dort',
  theirTimeOfProject:
    '{{time}} nach der Uhr des Projekts, denn die Nummer nennt keine Zeitzone. Danach gelten die Anrufzeiten.',
  theirTimeFromTo: '{{from}} bis {{to}}: Die Nummer kann in mehreren Zeitzonen liegen',
  waitsSince: 'In diesem Status seit',
  script: 'Leitfaden',
  yes: 'Ja',
  no: 'Nein',
  earlier: 'Frühere Versuche',
  noEarlier: 'Wegen dieser Bestellung hat noch niemand angerufen.',
  late: 'kam zu spät',
  note: 'Notiz',
  notePlaceholder: 'Was besprochen wurde, was als Nächstes kommt',
  outcome: 'Wie ist es ausgegangen?',
  ofCall: 'Ergebnis der Bestellung',
  outcomeHint:
    'Eine Taste schließt die Bestellung ab und legt auf; 10 Sekunden lang lässt es sich zurücknehmen.',
  callBack: {
    title: 'Rückruf',
    date: 'Tag',
    today: 'Heute',
    tomorrowDay: 'Morgen',
    time: 'Uhrzeit',
    own: 'Nur ich',
    anyone: 'Alle',
    who: 'Wer zurückruft',
    clear: 'Keine Zeit',
    inMinutes: '{{count}} min',
    inHours: '{{count}} h',
    tomorrow: 'Morgen 9:00',
    again: 'wieder in {{delay}}',
    againAt: 'wieder {{time}}',
    atOnce: 'sofort wieder',
    last: 'letzter Versuch',
  },
  delay: {
    minutes: '{{count}} min',
    hours: '{{count}} h',
    days_one: '{{count}} Tag',
    days_other: '{{count}} Tagen',
  },
  leaseOver: {
    title: 'Diese Bestellung war zu lange von Ihnen getrennt',
    text: 'Vielleicht hat sie inzwischen jemand anderes; deshalb wird sie nicht gewählt. Was Sie schreiben und wählen, bleibt trotzdem erhalten; haben beide daran gearbeitet, entscheidet die Leitung.',
  },
  mayNot: {
    outsideHours:
      'Nach der Uhr dort darf diese Person jetzt nicht angerufen werden. Ihr Text bleibt erhalten; planen Sie einen Rückruf.',
    outsideHoursUntil:
      'Nach der Uhr dort darf diese Person jetzt nicht angerufen werden, erst wieder ab {{time}}. Ihr Text bleibt erhalten; planen Sie einen Rückruf.',
    doNotCall:
      'Diese Nummer steht auf der Sperrliste und wird nicht mehr gewählt. Ihr Text bleibt erhalten; schließen Sie die Bestellung mit dem passenden Ergebnis ab.',
    leaseOver: 'Vielleicht hat inzwischen jemand anderes diese Bestellung.',
  },
  awayInOrder:
    'Der Hub antwortet nicht. Arbeiten Sie weiter: Notiz und Ergebnis bleiben auf diesem Computer und werden später gesendet. Bis dahin kommt keine neue Bestellung.',
  undo: '{{button}}: {{name}}',
  undoButton: 'Zurücknehmen',
  undoHint: 'Die Bestellung kommt mit ihrer Notiz zu Ihnen zurück',
  today: {
    title: 'Heute',
    none: 'Heute noch keine Versuche.',
    attempts_one: '{{count}} Versuch',
    attempts_other: '{{count}} Versuche',
    worked: '{{time}} an Bestellungen',
  },
  record: {
    title: 'Bestellungen',
    away: 'Bestellungen liegen beim Hub, der gerade nicht antwortet. Sie erscheinen, sobald er wieder da ist.',
    inLine: '{{mode}}, {{bucket}}',
    due: 'Rückruf geplant für {{time}}',
    dueOf: 'Geplanter Rückruf: {{goods}}, {{time}}',
    dueOwn: 'einem Agenten vorbehalten',
    notInLine: 'Nicht an der Reihe',
    last: 'Zuletzt: {{button}}, {{name}}',
  },
  refusal: {
    outsideHours:
      'Diese Person darf um diese Uhrzeit nicht angerufen werden; es wurde nicht gewählt. Ihr Text ist sicher; planen Sie einen Rückruf.',
    doNotCall:
      'Diese Nummer steht auf der Sperrliste; es wurde nicht gewählt. Schließen Sie die Bestellung ab.',
    leaseOver:
      'Die Bestellung war zu lange von Ihnen getrennt, vielleicht hat sie jemand anderes; es wurde nicht gewählt. Ihr Text bleibt erhalten; schließen Sie sie ab.',
    noNumber:
      'Diese Person hat keine Nummer; es wurde nicht gewählt. Tragen Sie beim Datensatz eine ein, oder schließen Sie die Bestellung ab.',
    callBackTimeMissing: 'Wählen Sie, wann zurückgerufen wird. Die Notiz ist sicher.',
    notInFuture: 'Diese Zeit ist schon vorbei. Die Notiz ist sicher; wählen Sie eine spätere.',
    notAvailable:
      'Ihr Status nimmt keine Anrufe an; es hat nichts begonnen. Stellen Sie „Verfügbar“ ein, und beginnen Sie noch einmal.',
    modesClosed: 'In Ihren offenen Projekten gibt es für Sie keinen Anrufmodus. Es wurde nichts geändert.',
    hubAway:
      'Der Hub antwortet nicht, und er vergibt die Bestellungen. Es ist nichts verloren; versuchen Sie es wieder, sobald er da ist.',
    notNow: 'Die Bestellung ist inzwischen weiter, deshalb geschah nichts. Was Sie jetzt sehen, gilt.',
    tooLate:
      'Die Zeit zum Zurücknehmen ist vorbei. Das Ergebnis gilt; die Leitung kann die Bestellung verschieben.',
  },
};
