// The secret that an authenticator takes up: as a QR code, and in letters for whoever cannot scan.
import { useTranslation } from 'react-i18next';
import styles from './authenticator-secret.module.css';
import { QrPicture } from './qr-picture.tsx';

export interface AuthenticatorSecretProps {
  /** Base32. */
  readonly secret: string;
  /** otpauth: address. */
  readonly address: string;
}

export function AuthenticatorSecret({ secret, address }: AuthenticatorSecretProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.secret}>
      <p>{t('settings.scan')}</p>
      <div className={styles.picture}>
        <QrPicture text={address} alt={t('settings.scanPicture')} sizePx={168} />
      </div>
      <p className={styles.hint}>{t('settings.cannotScan')}</p>
      <code className={styles.letters}>{secret.replace(/(.{4})(?!$)/g, '$1 ')}</code>
    </div>
  );
}
