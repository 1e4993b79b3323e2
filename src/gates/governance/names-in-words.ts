/** Whom a rule of approvals names, as a person reads it: `team:governance`, `the admins of the repository`. */
export function namesInWords(names: readonly string[]): string {
  const words = names.map((name) => (name === 'admins' ? 'the admins of the repository' : name === 'owners' ? 'the owners' : name));
  return words.length <= 3 ? words.join(', ') : `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`;
}
