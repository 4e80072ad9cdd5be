// The word of explanation that appears beside a control under a resting pointer. Mantine's Tooltip measures and compares
// with every drawing of its control, shown or not; on a ringing call that was half of the time until it is seen. So it is
// mounted only while it is shown. The control itself stays the same element.
import { Tooltip } from '@mantine/core';
import { cloneElement, type MouseEvent, type ReactElement, useEffect, useRef, useState } from 'react';

const restsForMs = 500;

interface Pointed {
  onMouseEnter?: ((event: MouseEvent<HTMLElement>) => void) | undefined;
  onMouseLeave?: ((event: MouseEvent<HTMLElement>) => void) | undefined;
}

export interface HintProps {
  readonly label: string;
  readonly position?: 'top' | 'bottom' | undefined;
  /** An element that hands mouse events on. */
  readonly children: ReactElement<Pointed>;
}

export function Hint({ label, position = 'top', children }: HintProps) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const { onMouseEnter, onMouseLeave } = children.props;
  const control = cloneElement(children, {
    onMouseEnter: (event) => {
      stop.current();
      stop.current = pointedAt(event.currentTarget, setTarget);
      onMouseEnter?.(event);
    },
    onMouseLeave: (event) => {
      stop.current();
      onMouseLeave?.(event);
    },
  });
  return (
    <>
      {control}
      {target && <Tooltip target={target} opened label={label} position={position} />}
    </>
  );
}

/**
 * Shows it once the pointer has rested, until the pointer is elsewhere or anything is pressed. A control that is disabled by
 * its own click is never told that the pointer has left it, so the page is asked. @returns the way to end it.
 */
function pointedAt(element: HTMLElement, show: (target: HTMLElement | null) => void): () => void {
  const ended = new AbortController();
  const timer = setTimeout(() => show(element), restsForMs);
  const end = () => {
    ended.abort();
    clearTimeout(timer);
    show(null);
  };
  const elsewhere = ({ target }: Event) => {
    if (!(target instanceof Node && element.contains(target))) end();
  };
  const always = { capture: true, passive: true, signal: ended.signal };
  document.addEventListener('pointermove', elsewhere, always);
  document.addEventListener('pointerdown', end, always);
  document.addEventListener('keydown', end, always);
  return end;
}
