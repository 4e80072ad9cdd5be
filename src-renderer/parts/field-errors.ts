// Which field a refusal is about: said there, and in the foot where it concerns no field.
import { useRefusalText } from '../client/use-refusal-text.ts';

export interface FieldErrors<F extends string> {
  /** What is wrong with this field, for its `error`. */
  at(field: F): string | undefined;
  /** A refusal that belongs to no field, for the drawer's foot. */
  readonly elsewhere: string | null;
}

/**
 * @param refusal why the hub refused, or null
 * @param fieldOf the field that each reason is about
 * @param found what is wrong without asking, by field, as text
 */
export function useFieldErrors<F extends string>(
  refusal: string | null,
  fieldOf: Readonly<Record<string, F>>,
  found?: { readonly [Field in F]?: string | undefined },
): FieldErrors<F> {
  const text = useRefusalText();
  const about = refusal === null ? undefined : fieldOf[refusal];
  return {
    at: (field) => found?.[field] ?? (refusal !== null && about === field ? text(refusal) : undefined),
    elsewhere: about === undefined ? refusal : null,
  };
}
