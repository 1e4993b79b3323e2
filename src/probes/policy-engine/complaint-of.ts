/** What OPA says of what it was given, with places relative to the tree. */
export function complaintOf({ output, complaint }: { readonly output: string; readonly complaint: string }): string {
  const text = `${complaint}${output}`.trim();
  return text === '' ? 'OPA refuses it without a word' : text.slice(0, 4_000).toWellFormed();
}
