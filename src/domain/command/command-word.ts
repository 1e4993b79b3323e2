/** Every word that can follow `/plumbline`. */
export const commandWords = ['help', 'status', 'explain', 'recheck', 'approve', 'unapprove', 'reject', 'waive', 'unwaive', 'drift', 'remediate', 'unsuppress', 'rollback'] as const;

export type CommandWord = (typeof commandWords)[number];

/** How each command is written, after `/plumbline`. */
export const usages: { readonly [Word in CommandWord]: string } = {
  help: 'help',
  status: 'status',
  explain: 'explain <code>',
  recheck: 'recheck',
  approve: 'approve <code|action|all> <head-sha> [reason]',
  unapprove: 'unapprove <code|action|all> <head-sha> [reason]',
  reject: 'reject <code|action|all> <head-sha> <reason>',
  waive: 'waive <code> <path> until <date> <reason>',
  unwaive: 'unwaive <code> <path>',
  drift: 'drift scan',
  remediate: 'remediate <behaviour> [--dry-run] [--take-over]',
  unsuppress: 'unsuppress <behaviour>',
  rollback: 'rollback <pull request number>',
};

export function isCommandWord(word: string): word is CommandWord {
  return commandWords.some((known) => known === word);
}
