/** Every word that can follow `/plumbline`. */
export const commandWords = ['help', 'status', 'explain', 'recheck', 'approve', 'unapprove', 'reject', 'waive', 'unwaive', 'drift', 'remediate', 'unsuppress', 'rollback'] as const;

export type CommandWord = (typeof commandWords)[number];

/** Words that later versions act on: known, so that nobody is told that they mistyped. */
export const laterWords = ['drift', 'remediate', 'unsuppress', 'rollback'] as const satisfies readonly CommandWord[];

export type LaterWord = (typeof laterWords)[number];

/** How each command of this version is written, after `/plumbline`. */
export const usages: { readonly [Word in Exclude<CommandWord, LaterWord>]: string } = {
  help: 'help',
  status: 'status',
  explain: 'explain <code>',
  recheck: 'recheck',
  approve: 'approve <code|action|all> <head-sha> [reason]',
  unapprove: 'unapprove <code|action|all> <head-sha> [reason]',
  reject: 'reject <code|action|all> <head-sha> <reason>',
  waive: 'waive <code> <path> until <date> <reason>',
  unwaive: 'unwaive <code> <path>',
};

export function isCommandWord(word: string): word is CommandWord {
  return commandWords.some((known) => known === word);
}

export function isLaterWord(word: CommandWord): word is LaterWord {
  return laterWords.some((later) => later === word);
}
