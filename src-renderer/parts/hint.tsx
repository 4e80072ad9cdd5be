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
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { onMouseEnter, onMouseLeave } = children.props;
  const control = cloneElement(children, {
    onMouseEnter: (event) => {
      const element = event.currentTarget;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setTarget(element), restsForMs);
      onMouseEnter?.(event);
    },
    onMouseLeave: (event) => {
      clearTimeout(timer.current);
      setTarget(null);
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
