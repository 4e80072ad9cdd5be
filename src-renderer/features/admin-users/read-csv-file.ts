// A chosen file as text: UTF-8, with or without a mark; where it is not, the encoding that Excel writes in Western Europe.

/** What the hub takes at once; about 30,000 users. */
const mostBytes = 4_000_000;

export type ReadFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'tooLarge' | 'unreadable' | 'empty' };

export async function readCsvFile(file: File): Promise<ReadFile> {
  if (file.size > mostBytes) return { ok: false, why: 'tooLarge' };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch (error) {
    // Moved or changed since it was chosen: the browser tells no more than this.
    if (error instanceof DOMException) return { ok: false, why: 'unreadable' };
    throw error;
  }
  const text = decoded(bytes);
  return text.trim() === '' ? { ok: false, why: 'empty' } : { ok: true, text };
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
