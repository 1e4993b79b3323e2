export interface IniLine {
  /** In small letters. */
  readonly section: string;
  /** In small letters, with `-` for `_`. */
  readonly key: string;
  /** One line of the value. */
  readonly value: string;
}

/** What Python strips too. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const blank = /[\u001c-\u001f\u0085]/g;

/** As `configparser` of Python reads: blanks before a section or a key count nothing, and what stands further in than its key continues the value. */
export function pythonIniLines(text: string): readonly IniLine[] {
  const lines: IniLine[] = [];
  let [section, key, depth] = ['', '', 0];
  for (const line of text.replaceAll(blank, ' ').split(/\r\n?|\n/)) {
    const told = line.trim();
    if (told === '' || /^[#;]/.test(told)) continue;
    const indent = line.length - line.trimStart().length;
    if (key !== '' && indent > depth) {
      lines.push({ section, key, value: told });
      continue;
    }
    const heading = /^\[([^\]]*)\]/.exec(told)?.[1];
    const end = heading === undefined ? told.search(/[=:]/) : -1;
    section = heading === undefined ? section : heading.trim().toLowerCase();
    [key, depth] = [keyOf(told.slice(0, Math.max(end, 0))), indent];
    if (key !== '') lines.push({ section, key, value: told.slice(end + 1).trim() });
  }
  return lines;
}

function keyOf(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', '-');
}
