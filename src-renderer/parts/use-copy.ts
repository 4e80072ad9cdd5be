// Copies what an element shows. The page may not use the clipboard by itself (lock-down.ts); what a person has selected may
// be copied.
import { type RefObject, useRef, useState } from 'react';

export interface Copy<E extends HTMLElement> {
  /** Of the element whose text is copied. */
  readonly ref: RefObject<E | null>;
  readonly copied: boolean;
  copy(): void;
}

export function useCopy<E extends HTMLElement = HTMLElement>(): Copy<E> {
  const ref = useRef<E>(null);
  const [copied, setCopied] = useState(false);
  return {
    ref,
    copied,
    copy() {
      const selection = window.getSelection();
      if (!ref.current || !selection) return;
      selection.selectAllChildren(ref.current);
      setCopied(document.execCommand('copy'));
      selection.removeAllRanges();
    },
  };
}
