// The few texts that main itself shows: tray, notifications, message boxes. Windows have their own (src-renderer/i18n).
import type { SettingsView } from '#shared/desktop/settings-contract.ts';

export interface Words {
  readonly open: string;
  readonly showCallBox: string;
  readonly quit: string;
  readonly file: string;
  readonly quitStillAvailable: string;
  readonly quitRings: string;
  readonly quitRingsNowhere: string;
  readonly quitRingsUnknown: string;
  readonly quitOfflineFailed: string;
  readonly quitSetOffline: string;
  readonly quitAnyway: string;
  readonly quitStay: string;
  readonly otherOffhook: string;
  readonly phoneOn: string;
  readonly phoneOff: string;
  readonly available: string;
  readonly away: string;
  readonly busy: string;
  readonly offline: string;
  readonly inactive: string;
  readonly withheld: string;
  readonly incomingCall: string;
  readonly callTo: string;
  readonly accept: string;
  readonly ignore: string;
  readonly decline: string;
  readonly stillRunning: string;
  readonly stillRunningBody: string;
  readonly databaseTooNewTitle: string;
  readonly databaseTooNew: string;
  readonly databaseUnreadable: string;
  readonly databaseRescuedTitle: string;
  readonly databaseRescued: string;
  readonly databaseFailedTitle: string;
  readonly databaseFailed: string;
  readonly startFailedTitle: string;
  readonly startFailed: string;
}

const english: Words = {
  open: 'Open Offhook',
  showCallBox: 'Show call box',
  quit: 'Quit Offhook',
  file: 'File',
  quitStillAvailable: 'You are still Available',
  quitRings: 'After you quit, calls go on ringing on:',
  quitRingsNowhere:
    'No other device of yours is registered, so calls would be missed: “no device”. Set Offline, and they go to the others.',
  quitRingsUnknown:
    'The team server does not say at the moment which other devices of yours go on ringing. Calls may be missed.',
  quitOfflineFailed:
    'Offline could not be set: the team server does not answer. Your status is unchanged; try again, or quit all the same.',
  quitSetOffline: 'Set Offline and quit',
  quitAnyway: 'Quit',
  quitStay: 'Stay',
  otherOffhook: 'Offhook on another computer',
  phoneOn: 'Phone is on',
  phoneOff: 'Phone is off',
  available: 'Available',
  away: 'Away',
  busy: 'Busy',
  offline: 'Offline',
  inactive: 'Inactive',
  withheld: 'Number withheld',
  incomingCall: 'Incoming call',
  callTo: 'Call to',
  accept: 'Accept',
  ignore: 'Ignore',
  decline: 'Decline',
  stillRunning: 'Offhook keeps running',
  stillRunningBody: 'Your phone is on, so calls still reach you. Quit from the tray icon.',
  databaseTooNewTitle: 'This computer has data of a newer Offhook',
  databaseTooNew:
    'The local database was written by a newer version and has been left untouched. Nothing is lost. Install the current version of Offhook and start again.',
  databaseUnreadable:
    'The file offhook.sqlite is damaged; it has been left as it is. Start Offhook again: it takes over what can be read, and what the team server knows comes back by itself. If you see this a second time, move the file to another place and start once more. It is in this folder:',
  databaseRescuedTitle: 'Offhook has begun a new local database',
  databaseRescued:
    'The old one was damaged. Taken over from it: {calls} calls, {unsent} changes told or still to be told to the team server. Records come back from the team server by themselves; nothing needs to be done. The damaged file is kept, in case something is missing:',
  databaseFailedTitle: 'Offhook cannot open its local database',
  databaseFailed:
    'The file could not be opened; it has been left as it is. Check that the disk is not full and that this folder can be written, then start Offhook again:',
  startFailedTitle: 'Offhook cannot start',
  startFailed:
    'Something in Offhook failed; what was saved is safe. Start it again. If that does not help, give whoever looks after your computer the file main.log from this folder:',
};

const german: Words = {
  open: 'Offhook öffnen',
  showCallBox: 'Anruffenster zeigen',
  quit: 'Offhook beenden',
  file: 'Datei',
  quitStillAvailable: 'Sie sind noch verfügbar',
  quitRings: 'Nach dem Beenden klingeln Anrufe weiter auf:',
  quitRingsNowhere:
    'Kein anderes Ihrer Geräte ist angemeldet. Anrufe würden verpasst: „kein Gerät“. Setzen Sie sich auf Offline, dann gehen sie an die anderen.',
  quitRingsUnknown:
    'Der Team-Server sagt zurzeit nicht, welche anderen Ihrer Geräte weiter klingeln. Anrufe könnten verpasst werden.',
  quitOfflineFailed:
    'Offline ließ sich nicht setzen: Der Team-Server antwortet nicht. Ihr Status ist unverändert; versuchen Sie es erneut, oder beenden Sie trotzdem.',
  quitSetOffline: 'Auf Offline setzen und beenden',
  quitAnyway: 'Beenden',
  quitStay: 'Bleiben',
  otherOffhook: 'Offhook auf einem anderen Computer',
  phoneOn: 'Telefon ist an',
  phoneOff: 'Telefon ist aus',
  available: 'Verfügbar',
  away: 'Abwesend',
  busy: 'Beschäftigt',
  offline: 'Offline',
  inactive: 'Inaktiv',
  withheld: 'Nummer unterdrückt',
  incomingCall: 'Eingehender Anruf',
  callTo: 'Anruf an',
  accept: 'Annehmen',
  ignore: 'Ignorieren',
  decline: 'Ablehnen',
  stillRunning: 'Offhook läuft weiter',
  stillRunningBody:
    'Ihr Telefon ist an, Anrufe erreichen Sie weiterhin. Beenden über das Symbol in der Leiste.',
  databaseTooNewTitle: 'Dieser Computer hat Daten eines neueren Offhook',
  databaseTooNew:
    'Die lokale Datenbank stammt von einer neueren Version und wurde nicht angetastet. Nichts ist verloren. Installieren Sie die aktuelle Version von Offhook und starten Sie erneut.',
  databaseUnreadable:
    'Die Datei offhook.sqlite ist beschädigt; sie wurde so gelassen, wie sie ist. Starten Sie Offhook erneut: Was sich lesen lässt, wird übernommen, und was der Team-Server kennt, kommt von selbst zurück. Sehen Sie diese Meldung ein zweites Mal, verschieben Sie die Datei an einen anderen Ort und starten Sie noch einmal. Sie liegt in diesem Ordner:',
  databaseRescuedTitle: 'Offhook hat eine neue lokale Datenbank begonnen',
  databaseRescued:
    'Die alte war beschädigt. Daraus übernommen: {calls} Anrufe, {unsent} Änderungen, die der Team-Server schon hat oder noch bekommt. Kontakte kommen von selbst vom Team-Server zurück; Sie müssen nichts tun. Die beschädigte Datei bleibt erhalten, falls etwas fehlt:',
  databaseFailedTitle: 'Offhook kann seine lokale Datenbank nicht öffnen',
  databaseFailed:
    'Die Datei ließ sich nicht öffnen und wurde so gelassen, wie sie ist. Prüfen Sie, ob die Festplatte voll ist und ob dieser Ordner beschreibbar ist, und starten Sie Offhook erneut:',
  startFailedTitle: 'Offhook kann nicht starten',
  startFailed:
    'In Offhook ist etwas fehlgeschlagen; was gespeichert war, ist sicher. Starten Sie es erneut. Hilft das nicht, geben Sie der Person, die Ihren Computer betreut, die Datei main.log aus diesem Ordner:',
};

export function wordsIn(language: SettingsView['language']): Words {
  return language === 'de' ? german : english;
}
