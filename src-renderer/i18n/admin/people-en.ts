// Texts of the pages Users, Teams and Audit log.
export const peopleEn = {
  refusal: {},
} as const;
