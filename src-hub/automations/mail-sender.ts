// Sends one e-mail over the company's SMTP server, with a Message-ID that stays the same in every attempt. Called by
// delivery-worker.ts; nodemailer is loaded with the first one.
import type { Transporter } from 'nodemailer';
import type { SentHow } from './webhook-sender.ts';

/** What the operator set when the hub was started; null where there is no mail server. */
export interface MailSettings {
  /** smtp: or smtps:, with user and password where the server wants them. */
  readonly smtpUrl: string;
  /** Such as `Northwind <no-reply@northwind.example>`. */
  readonly from: string;
}

export interface MailToSend {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

const connectWithinMs = 10_000;
const answerWithinMs = 20_000;

export class MailSender {
  readonly #settings: MailSettings;
  #transporter: Promise<Transporter> | null = null;

  constructor(settings: MailSettings) {
    this.#settings = settings;
  }

  async send({ id, to, subject, text }: MailToSend): Promise<SentHow> {
    try {
      this.#transporter ??= transporterOf(this.#settings.smtpUrl);
      const transporter = await this.#transporter;
      const sent: { response?: unknown; rejected?: unknown[] } = await transporter.sendMail({
        from: this.#settings.from,
        to: [...to],
        subject: subject.replace(/[\r\n]+/g, ' '),
        text,
        messageId: `<${id}@${domainOf(this.#settings.from)}>`,
        headers: { 'auto-submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const refused = sent.rejected?.length ?? 0;
      return { how: 'sent', detail: refused === 0 ? null : `${refused} of ${to.length} refused` };
    } catch (error) {
      return failed(error);
    }
  }

  async close(): Promise<void> {
    (await this.#transporter?.catch(() => null))?.close();
  }
}

async function transporterOf(smtpUrl: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return createTransport({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: connectWithinMs,
    greetingTimeout: connectWithinMs,
    socketTimeout: answerWithinMs,
  });
}

/** Of its answer only the code is told: what it says beside may name addresses. */
function failed(error: unknown): SentHow {
  const { code, responseCode, command } = error as {
    code?: unknown;
    responseCode?: unknown;
    command?: unknown;
  };
  const answered = typeof responseCode === 'number';
  return {
    how: 'failed',
    reason: answered ? 'refusedThere' : 'noAnswer',
    detail: answered ? `SMTP ${responseCode}` : String(code ?? 'Error').slice(0, 200),
    // Its text was on the way when the connection ended.
    unanswered: !answered && command === 'DATA',
    forGood: false,
  };
}

function domainOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'offhook.invalid';
}
