// A name inside a sentence or on a button, where ten thousand characters would push everything else away.

const longest = 60;

/** Counts what people see as characters, so that no emoji is cut in two. */
export function shortened(name: string): string {
  if (name.length <= longest) return name;
  const shown = [...new Intl.Segmenter().segment(name.slice(0, longest * 20))].map(({ segment }) => segment);
  return shown.length > longest ? `${shown.slice(0, longest - 1).join('')}…` : name;
}
