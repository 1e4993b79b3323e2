/** Ids of the playbooks that come with Plumbline, each a file `playbooks/<id>.yaml` of its package. */
export const builtinPlaybooks = [
  'expire-waiver',
  'halt-contract',
  'open-issue',
  'pin-dependency',
  'refresh-baseline',
  'remove-phantom-dependency',
  'repair-previous-ref',
  'restore-branch-protection',
  'restore-contract',
  'restore-managed-file',
  'restore-workflow',
  'resume-contract',
  'retire-contract',
  'rollback-release',
  'rotate-key-reference',
] as const;
