export interface IniValue {
  /** In small letters. */
  readonly section: string;
  /** In small letters, with `-` for `_`. */
  readonly key: string;
  /** With the line breaks within it, also one before its first line; without empty lines. */
  readonly value: string;
}

/** What Python strips too. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const blank = /[\u001c-\u001f\u0085]/g;

/** As `configparser` of Python reads: blanks before a section or a key count nothing, and what stands further in than its key continues the value. */
export function pythonIniValues(text: string): readonly IniValue[] {
  const found: { readonly section: string; readonly key: string; readonly lines: string[] }[] = [];
  let [section, depth] = ['', 0];
  let open: string[] | null = null;
  for (const line of text.replaceAll(blank, ' ').split(/\r\n?|\n/)) {
    const told = line.trim();
    if (told === '' || /^[#;]/.test(told)) continue;
    const indent = line.length - line.trimStart().length;
    if (open !== null && indent > depth) {
      open.push(told);
      continue;
    }
    const heading = /^\[([^\]]*)\]/.exec(told)?.[1];
    const end = heading === undefined ? told.search(/[=:]/) : -1;
    section = heading === undefined ? section : heading.trim().toLowerCase();
    const key = keyOf(told.slice(0, Math.max(end, 0)));
    [open, depth] = [key === '' ? null : [told.slice(end + 1).trim()], indent];
    if (open !== null) found.push({ section, key, lines: open });
  }
  return found.map(({ lines, ...one }) => ({ ...one, value: lines.join('\n') }));
}

function keyOf(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', '-');
}
