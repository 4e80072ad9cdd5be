// The sign-in window: the step that main says is due. After signing in, main opens the agent window and closes this one.
import { lazy, Suspense } from 'react';
import { useLive } from '../client/desktop-context.tsx';
import type { TopicName } from '../client/live-store.ts';
import { NewPasswordStep } from '../features/sign-in/new-password-step.tsx';
import { SecondFactorStep } from '../features/sign-in/second-factor-step.tsx';
import { SignInForm } from '../features/sign-in/sign-in-form.tsx';

/** With its QR code it weighs half of the page, and hardly anyone ever sees it. */
const SetUpSecondFactorStep = lazy(async () => {
  const { SetUpSecondFactorStep: step } = await import('../features/sign-in/set-up-second-factor-step.tsx');
  return { default: step };
});

export const signInTopics: readonly TopicName[] = ['session', 'network', 'hubAddress', 'settings'];

export function SignInWindow() {
  const settings = useLive('settings');
  const session = useLive('session');
  const due = session.state === 'signedOut' ? session.due : 'password';
  if (due === 'secondFactor') return <SecondFactorStep language={settings.language} />;
  if (due === 'newPassword') return <NewPasswordStep language={settings.language} />;
  if (session.state === 'signedOut' && due === 'secondFactorSetUp' && session.setUp) {
    return (
      <Suspense>
        <SetUpSecondFactorStep language={settings.language} {...session.setUp} />
      </Suspense>
    );
  }
  return <SignInForm rememberedUsername={settings.username} language={settings.language} />;
}
