const ownRefs: ReadonlySet<string> = new Set([
  'github.sha', 'github.ref', 'github.ref_name', 'github.base_ref', 'github.workflow_sha', 'github.repository', 'github.repository_owner',
  'github.event.repository.default_branch', 'github.event.pull_request.base.ref', 'github.event.pull_request.base.sha', 'github.event.pull_request.base.repo.full_name',
]);

/** Whether the base decides what an expression is. Any other may lead to what a stranger made. */
export function isOwnRef(expression: string): boolean {
  return ownRefs.has(expression.toLowerCase());
}
