// What the forms of a user hold, and what is wrong with it before the hub is asked (pure).
import { type AdminUser, newUser } from '#shared/admin/users-contract.ts';
import type { AccountType } from '#shared/desktop/session-contract.ts';

/** What can be changed of a user later; e-mail is empty where there is none. */
export interface UserValues {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly email: string;
  readonly accountType: AccountType;
  readonly mayCallOutside: boolean;
}

export interface NewUserValues extends UserValues {
  readonly password: string;
  readonly repeated: string;
  readonly mustChangePassword: boolean;
  readonly secondFactorDue: boolean;
}

export const emptyUser: NewUserValues = {
  firstName: '',
  lastName: '',
  username: '',
  email: '',
  password: '',
  repeated: '',
  accountType: 'clerk',
  mustChangePassword: true,
  secondFactorDue: false,
  mayCallOutside: true,
};

export function valuesOf(user: AdminUser): UserValues {
  const { firstName, lastName, username, email, accountType, mayCallOutside } = user;
  return { firstName, lastName, username, email: email ?? '', accountType, mayCallOutside };
}

export type UserProblem =
  | 'missing'
  | 'usernameInvalid'
  | 'emailInvalid'
  | 'passwordMissing'
  | 'passwordsDiffer';
export type UserProblems = Partial<Record<keyof NewUserValues, UserProblem>>;

const { shape } = newUser;

export function problemsOf(values: UserValues): UserProblems {
  const problems: UserProblems = {};
  if (!shape.firstName.safeParse(values.firstName).success) problems.firstName = 'missing';
  if (!shape.lastName.safeParse(values.lastName).success) problems.lastName = 'missing';
  if (values.username.trim() === '') problems.username = 'missing';
  else if (!shape.username.safeParse(values.username).success) problems.username = 'usernameInvalid';
  if (!shape.email.safeParse(emailOf(values)).success) problems.email = 'emailInvalid';
  return problems;
}

export function problemsOfNew(values: NewUserValues): UserProblems {
  const problems = problemsOf(values);
  if (values.password === '') problems.password = 'passwordMissing';
  else if (values.password !== values.repeated) problems.repeated = 'passwordsDiffer';
  return problems;
}

export function emailOf({ email }: UserValues): string | null {
  return email.trim() === '' ? null : email.trim();
}

/** Which field the hub's refusals are about. */
export const fieldOfRefusal = {
  usernameTaken: 'username',
  emailTaken: 'email',
  lastSuperAdmin: 'accountType',
  passwordTooShort: 'password',
  passwordTooLong: 'password',
  passwordBreached: 'password',
  passwordGuessable: 'password',
} as const satisfies Record<string, keyof NewUserValues>;
