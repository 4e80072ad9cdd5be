// Texts of the pages Users, Teams and Audit log.
export const peopleDe = {
  refusal: {},
};
