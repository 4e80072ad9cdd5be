// Whole numbers that are typed as text until they are saved (pure); count-field.tsx is their field.

export interface CountLimits {
  readonly least: number;
  readonly most: number;
}

/** @param typed as it stands in the field */
export function isCount(typed: string, { least, most }: CountLimits): boolean {
  const text = typed.trim();
  return /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
