// The sign-in window. After signing in, main opens the agent window and closes this one.
import { useLive } from '../client/desktop-context.tsx';
import type { TopicName } from '../client/live-store.ts';
import { SignInForm } from '../features/sign-in/sign-in-form.tsx';

export const signInTopics: readonly TopicName[] = ['session', 'network', 'hubAddress', 'settings'];

export function SignInWindow() {
  const settings = useLive('settings');
  return <SignInForm rememberedUsername={settings.username} language={settings.language} />;
}
