// What a signed-in person changes about their own account, part of the hub's contract and of the desktop's alike: main
// hands these on as they are. Where a password is asked for, it is the one that the person has now.
import { z } from 'zod';
import { command, nothing } from '../wire/contract.ts';

const password = z.string().max(2_000);
/** A code of the authenticator, or a recovery code, as typed. */
export const typedCode = z.string().max(100);
const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });

export const ownAccount = z.strictObject({
  secondFactor: z.boolean(),
  recoveryCodesLeft: z.number().int(),
});

/** A device that is remembered and that nobody used for this long is let in no more, nor shows what it has kept. */
export const rememberedForMs = 90 * 24 * 3_600_000;

/** A device of one's own that rings besides the one that asks. */
export const otherDevice = z.strictObject({
  make: z.enum(['offhook', 'other']),
  /** What another make's device was named when it was added; null for Offhook itself. */
  label: z.string().nullable(),
});
export type OtherDevice = z.output<typeof otherDevice>;

/** All of them refuse with 'passwordWrong' and 'slowDown' where they ask for the password. */
export const accountCommands = {
  'account.get': command(nothing, ownAccount),
  /** Those registered now, without the device that asks (CALL-21). */
  'account.otherDevices': command(nothing, z.array(otherDevice)),
  /**
   * Refused: 'passwordSame', 'passwordTooShort', 'passwordTooLong', 'passwordBreached', 'passwordGuessable'.
   * Ends the sessions of all other devices.
   */
  'account.changePassword': command(z.strictObject({ password, newPassword: password }), z.null()),
  /** A new secret, worth nothing until a first code confirms it. Refused: 'secondFactorOn'. */
  'account.proposeSecondFactor': command(
    z.strictObject({ password }),
    z.strictObject({
      /** Base32, for whoever cannot scan. */
      secret: z.string(),
      /** otpauth: address, for the QR code. */
      address: z.string(),
    }),
  ),
  /** The recovery codes are told this once. Refused: 'codeWrong', 'clockOff', 'notProposed', 'slowDown'. */
  'account.confirmSecondFactor': command(z.strictObject({ code: typedCode }), recoveryCodes),
  'account.endSecondFactor': command(z.strictObject({ password }), z.null()),
  /** Those of before are worth nothing any more. Refused: 'secondFactorOff'. */
  'account.renewRecoveryCodes': command(z.strictObject({ password }), recoveryCodes),
  /** Ends all sessions of this user and forgets all remembered devices, this one too. */
  'account.signOutEverywhere': command(nothing, z.null()),
} as const;
