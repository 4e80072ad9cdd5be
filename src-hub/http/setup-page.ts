// The page on which a new hub's first super admin is made, in the language that the browser asks for. No script, and
// no style but its own; served by setup-routes.ts.
import { createHash } from 'node:crypto';

const texts = {
  en: {
    title: 'Set up this Offhook hub',
    lead: 'The code was printed where the hub was started. It works once.',
    code: 'Code',
    username: 'Username',
    password: 'Password (at least 12 characters)',
    submit: 'Create super admin',
    done: 'The super admin has been created.',
    doneLead: 'Sign in with Offhook as super admin. The team server’s address is:',
    codeWrong: 'That is not the code that the hub has printed at its start. Nothing was created.',
    usernameInvalid:
      'A username has 2 to 64 letters a to z, digits, dots, hyphens, underlines or @, and begins with a letter or digit. The code is still good.',
    passwordTooShort: 'The password needs at least 12 characters. The code is still good.',
    passwordTooLong: 'The password may have at most 500 characters. The code is still good.',
    passwordBreached:
      'This password, or its main part, is in lists of stolen passwords. Take several words that have nothing to do with each other. The code is still good.',
    passwordGuessable:
      'This password can be guessed. Take several words that have nothing to do with each other, and neither names nor dates. The code is still good.',
    setupDone: 'This hub has been set up already. Sign in with Offhook.',
    malformed: 'Code, username and password are needed. The code is still good.',
    slowDown: 'The hub is busy. Try again in a few seconds; the code is still good.',
    internal: 'Something in the hub failed; it is in its log. The code is still good.',
  },
  de: {
    title: 'Diesen Offhook-Hub einrichten',
    lead: 'Der Code steht dort, wo der Hub gestartet wurde. Er gilt einmal.',
    code: 'Code',
    username: 'Benutzername',
    password: 'Passwort (mindestens 12 Zeichen)',
    submit: 'Super-Admin anlegen',
    done: 'Der Super-Admin ist angelegt.',
    doneLead: 'Melden Sie sich in Offhook als Super-Admin an. Die Adresse des Team-Servers lautet:',
    codeWrong: 'Das ist nicht der Code, den der Hub beim Start ausgegeben hat. Es wurde nichts angelegt.',
    usernameInvalid:
      'Ein Benutzername hat 2 bis 64 Buchstaben a bis z, Ziffern, Punkte, Binde- und Unterstriche oder @ und beginnt mit Buchstabe oder Ziffer. Der Code gilt weiter.',
    passwordTooShort: 'Das Passwort braucht mindestens 12 Zeichen. Der Code gilt weiter.',
    passwordTooLong: 'Das Passwort darf höchstens 500 Zeichen haben. Der Code gilt weiter.',
    passwordBreached:
      'Dieses Passwort oder sein Hauptteil steht in Listen gestohlener Passwörter. Nehmen Sie mehrere Wörter, die nichts miteinander zu tun haben. Der Code gilt weiter.',
    passwordGuessable:
      'Dieses Passwort lässt sich erraten. Nehmen Sie mehrere Wörter, die nichts miteinander zu tun haben, keine Namen und keine Daten. Der Code gilt weiter.',
    setupDone: 'Dieser Hub ist bereits eingerichtet. Melden Sie sich in Offhook an.',
    malformed: 'Code, Benutzername und Passwort werden gebraucht. Der Code gilt weiter.',
    slowDown:
      'Der Hub ist beschäftigt. Versuchen Sie es in einigen Sekunden noch einmal; der Code gilt weiter.',
    internal: 'Im Hub ist etwas fehlgeschlagen; es steht in seinem Protokoll. Der Code gilt weiter.',
  },
} as const;

export type SetupLanguage = keyof typeof texts;

const style = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:12vh auto;padding:0 1rem}
h1{font-size:1.4rem;line-height:1.3}
label{display:block;margin-top:1rem;font-weight:600}
input{box-sizing:border-box;width:100%;margin-top:.25rem;padding:.5rem;font:inherit}
button{margin-top:1.5rem;padding:.6rem 1.2rem;font:inherit;font-weight:600}
[role=alert]{padding:.75rem 1rem;border-left:4px solid #c62828;background:#c628281a}
code{font-size:1.1em}`;

export const setupPagePolicy =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; ` +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** @param acceptLanguage the browser's header: German where it comes before English. */
export function setupLanguage(acceptLanguage: string | undefined): SetupLanguage {
  return /^\s*de\b/i.test(acceptLanguage ?? '') ? 'de' : 'en';
}

/** @param refusal reason of the last try. @param username as it was typed then. */
export function setupPage(language: SetupLanguage, refusal: string | null, username = ''): string {
  const t = texts[language];
  const words = refusal === null ? null : (t[refusal as 'codeWrong'] ?? t.internal);
  return page(
    language,
    t.title,
    `${words === null ? `<p>${t.lead}</p>` : `<p role="alert">${words}</p>`}
<form method="post" action="/setup" autocomplete="off">
<label>${t.code}<input name="code" required autofocus autocapitalize="characters" spellcheck="false"></label>
<label>${t.username}<input name="username" required maxlength="64" spellcheck="false" autocomplete="username" value="${escaped(username)}"></label>
<label>${t.password}<input name="password" type="password" required maxlength="500" autocomplete="new-password"></label>
<button>${t.submit}</button>
</form>`,
  );
}

/** @param refusal null where the super admin was made just now. */
export function setupEndPage(language: SetupLanguage, hubUrl: string, refusal: 'setupDone' | null): string {
  const t = texts[language];
  if (refusal) return page(language, t.title, `<p>${t.setupDone}</p>`);
  return page(language, t.done, `<p>${t.doneLead}</p><p><code>${escaped(hubUrl)}</code></p>`);
}

function page(language: SetupLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
