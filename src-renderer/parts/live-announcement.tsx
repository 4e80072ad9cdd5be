// Says something to a screen reader at once, without being seen.
export function LiveAnnouncement({ text }: { readonly text: string }) {
  return (
    <div className="oh-unseen" role="alert" aria-live="assertive">
      {text}
    </div>
  );
}
