// The product's mark: a receiver lifted off its hook.
export function Mark({ sizePx }: { readonly sizePx: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--oh-accent)" />
      <path
        d="M7.6 13.9c4.6-4.9 12.2-4.9 16.8 0 .5.6.5 1.4 0 2l-1.5 1.6c-.5.5-1.2.6-1.8.2l-1.9-1.2c-.4-.3-.7-.8-.6-1.3l.1-1.2a9.4 9.4 0 0 0-5.4 0l.1 1.2c0 .5-.2 1-.6 1.3l-1.9 1.2c-.6.4-1.3.3-1.8-.2l-1.5-1.6c-.5-.6-.5-1.4 0-2Z"
        fill="#fff"
        transform="rotate(-14 16 14)"
      />
      <path d="M10 24h12" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
