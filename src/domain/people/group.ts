/**
 * Whom a configuration or a rule names as a group: a team of the organisation by its slug, the admins of the repository
 * (`admins`), the owners of the organisation, or of a user account its admins (`owners`), those who may write (`writers`).
 */
export type Group = `team:${string}` | 'admins' | 'owners' | 'writers';
