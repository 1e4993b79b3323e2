/**
 * Whom a configuration or a rule names: a team of the organisation by its slug, the admins of the repository (`admins`), the owners
 * of the organisation, or of a user account its admins (`owners`), those who may write (`writers`), or whoever has a login now.
 */
export type Group = `team:${string}` | `user:${string}` | 'admins' | 'owners' | 'writers';
