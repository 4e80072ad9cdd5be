// After a Save that was refused because of its fields: the first of them gets the keyboard. Called by the form's pages.

/** Does nothing where no field shows a problem. */
export function focusFirstProblem(root: HTMLElement | null): void {
  const field = root?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (!field) return;
  field.scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
}
