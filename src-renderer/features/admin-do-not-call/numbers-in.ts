// The numbers in a text that somebody has pasted (pure): one a line, or separated by commas, semicolons or tabs.

const longest = 200;

/** In their order, none twice. What is no number is among them: the hub tells so. */
export function numbersIn(text: string): string[] {
  const parts = text.split(/[\n\r,;\t]+/).map((part) => part.trim().slice(0, longest));
  return [...new Set(parts.filter((part) => part !== ''))];
}
