/** A table as Markdown has it; what is in cells is ours or a code, never text of a document. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
