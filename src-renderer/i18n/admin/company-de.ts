// Texts of the pages Projects, Dispositions, Statuses and System.
export const companyDe = {
  refusal: {},
};
