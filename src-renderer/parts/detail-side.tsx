// The detail side of the agent window, which the form of the current call takes over from whatever list is open. Lists with
// a detail of their own ask here first; the window provides.
import { createContext, type ReactNode, useContext } from 'react';

export interface DetailSide {
  readonly content: ReactNode;
  /** Gives the side back to the list, for as long as this call lasts. */
  putAside(): void;
}

const DetailSideContext = createContext<DetailSide | null>(null);

export function DetailSideProvider(props: {
  readonly side: DetailSide | null;
  readonly children: ReactNode;
}) {
  return <DetailSideContext value={props.side}>{props.children}</DetailSideContext>;
}

/** Null while the list may show its own. */
export function useDetailSide(): DetailSide | null {
  return useContext(DetailSideContext);
}

/** Marks the element in which somebody may be typing, so that it is not taken from under their hands. */
export const detailSideMark = { 'data-detail-side': true };
