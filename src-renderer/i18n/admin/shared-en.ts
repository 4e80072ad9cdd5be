// What the pages of the admin window have in common.
export const sharedEn = {
  nav: {
    label: 'Administration',
    title: 'Admin',
    users: 'Users',
    teams: 'Teams',
    projects: 'Projects',
    dispositions: 'Dispositions',
    callForm: 'Incoming-call form',
    records: 'Records',
    statuses: 'Statuses',
    audit: 'Audit log',
    system: 'System',
  },
  page: {
    away: 'The hub cannot be reached. You see what it said last; nothing can be changed until it is back. Offhook keeps trying.',
    loading: 'Asking the hub …',
    noneFoundTitle: 'Nothing found',
    noneFound: 'No entry has all of these words. Search for fewer or other ones.',
  },
  drawer: {
    goneTitle: 'It is not there any more',
    close: 'Close',
    cancel: 'Cancel',
    create: 'Create',
    save: 'Save',
    discardTitle: 'Discard what you typed?',
    discardText: 'It is not saved yet.',
    discard: 'Discard',
    keepEditing: 'Keep editing',
  },
  meanwhile: {
    title: 'Somebody else changed this meanwhile',
    takenOver: 'Taken over, since you had typed nothing there: {{fields}}.',
    decide: 'You both changed the following. Decide each, then save.',
    theirs: 'There now',
    mine: 'Yours',
    takeTheirs: 'Take theirs',
    keepMine: 'Keep yours',
  },
  picker: {
    search: 'Search',
    chosen: 'Chosen: {{count}}',
    none: 'Nobody found.',
  },
  common: { none: 'none', yes: 'yes', no: 'no', copy: 'Copy', copied: 'Copied' },
  refusal: {
    notAllowed: 'Your account may not do this. Nothing was changed. Ask a super admin.',
    changedMeanwhile:
      'Somebody else changed this just before you, so nothing was saved. Their changes are shown above; look at them, then save again.',
  },
} as const;
