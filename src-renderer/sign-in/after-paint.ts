// The first script of the sign-in's page, and the smallest: loads the others when the form, which the build drew into the
// page, has been painted. Who presses "Sign in" before they are there is not forgotten: the form is handed in then.
// scripts/draw-faces.ts puts it into the page.

/** A window that is not shown may get no frames. */
const paintsWithinMs = 300;

const tag = document.querySelector<HTMLScriptElement>('script[data-entry]');
const { entry = '', needs = '' } = tag?.dataset ?? {};

// The form's own listener comes first, once there is one, and prevents the rest.
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return;
  event.preventDefault();
  event.target.dataset.pressed = '';
});

let begun = false;
const begin = () => {
  if (begun) return;
  begun = true;
  for (const href of needs.split(' ').filter(Boolean)) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    document.head.append(link);
  }
  const script = document.createElement('script');
  script.type = 'module';
  script.src = entry;
  document.head.append(script);
};
// The frame is painted after its callbacks: a task of its own comes after that.
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, paintsWithinMs);

export {};
