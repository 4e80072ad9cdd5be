// What a project's settings of call mode may be. Pure; asked before they are written.
import {
  type CallingHours,
  type DialUpSettings,
  dialMode,
  type ModeSettings,
} from '#shared/domain/dial-up.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { firstTwice, plain, requireGoodField } from '../call-forms/call-form-rules.ts';

/**
 * @throws CommandFailed 'malformed' (modes missing), 'hoursMalformed', 'buttonTwice', 'fieldTwice', 'labelTaken',
 * 'typeChanged', 'choicesMissing', 'choiceTwice'
 */
export function requireGoodSettings(settings: DialUpSettings, before: DialUpSettings): void {
  if (settings.modes.some(({ mode }, place) => mode !== dialMode.options[place])) {
    throw refused('malformed', 'Each mode stands there once, in their order.');
  }
  for (const { mode, buttons, extraButtons } of settings.modes)
    requireGoodButtons(mode, buttons, extraButtons);
  requireGoodHours(settings.callingHours);
  const { orderFields } = settings;
  const key = firstTwice(orderFields.map((each) => each.key));
  if (key !== null) throw refused('fieldTwice', `Two fields of an order have the key ${key}.`);
  if (firstTwice(orderFields.map((each) => plain(each.label))) !== null) {
    throw refused('labelTaken', 'Two fields of an order have the same label.');
  }
  for (const field of orderFields) requireGoodField(field, before.orderFields);
}

function requireGoodButtons(
  mode: ModeSettings['mode'],
  buttons: ModeSettings['buttons'],
  extraButtons: ModeSettings['extraButtons'],
): void {
  const twice = firstTwice(buttons.map(({ button }) => button));
  if (twice !== null) throw refused('buttonTwice', `The button ${twice} stands twice in the mode ${mode}.`);
  if (firstTwice(extraButtons.map(({ label }) => plain(label))) !== null) {
    throw refused('labelTaken', `Both extra buttons of the mode ${mode} have the same label.`);
  }
}

/** Of a day, none may reach into the next. */
function requireGoodHours(hours: readonly CallingHours[]): void {
  const sorted = hours.toSorted(
    (one, other) => one.weekday - other.weekday || one.fromMinute - other.fromMinute,
  );
  for (const [place, { weekday, fromMinute, toMinute }] of sorted.entries()) {
    const before = sorted[place - 1];
    const overlaps = before !== undefined && before.weekday === weekday && before.toMinute > fromMinute;
    if (fromMinute >= toMinute || overlaps) {
      throw refused('hoursMalformed', 'Calling hours end after they begin, and none overlap on one day.');
    }
  }
}

function refused(reason: string, message: string): CommandFailed {
  return new CommandFailed(reason, `${message} Nothing was changed.`);
}
