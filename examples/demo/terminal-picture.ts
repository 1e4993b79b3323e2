/**
 * Turns what a program prints in colours into an SVG picture of a terminal:
 * `FORCE_COLOR=1 npm run -s demo -- --exit | node examples/demo/terminal-picture.ts > docs/images/demo.svg`
 */
import { text } from 'node:stream/consumers';

const columns = 118;
const lineHeight = 18;
const charWidth = 7.8;
const margin = 20;

const palette: Readonly<Record<string, string>> = { '31': '#ff7b72', '32': '#3fb950', '33': '#d29922', '36': '#39c5cf' };

interface Style {
  readonly color: string | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

const plain: Style = { color: null, isBold: false, isDim: false };

const lines = (await text(process.stdin)).trimEnd().split('\n').flatMap((line) => wrapped(line));
const width = Math.ceil(columns * charWidth + 2 * margin);
const height = lines.length * lineHeight + 2 * margin;
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3" xml:space="preserve">
${lines.map((line, index) => `<text x="${margin}" y="${margin + 13 + index * lineHeight}">${spansOf(line)}</text>`).join('\n')}
</g>
</svg>
`);

/** Breaks long lines at the terminal's width, indented as their beginning is. Colours do not count as width. */
function wrapped(line: string, indent = ' '.repeat(line.search(/\S|$/) + 2)): readonly string[] {
  const visible = withoutColors(line);
  if (visible.length <= columns || line !== visible) return [line];
  const cut = visible.lastIndexOf(' ', columns);
  const at = cut <= indent.length ? columns : cut;
  return [visible.slice(0, at), ...wrapped(indent + visible.slice(at).trimStart(), indent)];
}

function withoutColors(line: string): string {
  return line.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '');
}

function spansOf(line: string): string {
  let style = plain;
  return line
    .split(/(\u001b\[[0-9;]*[A-Za-z])/)
    .map((part) => {
      const code = /^\u001b\[([0-9;]*)m$/.exec(part)?.[1];
      if (code !== undefined) style = styled(style, code);
      return part.startsWith('\u001b') || part === '' ? '' : `<tspan${attributesOf(style)}>${escaped(part)}</tspan>`;
    })
    .join('');
}

function styled(style: Style, code: string): Style {
  switch (code) {
    case '1':
      return { ...style, isBold: true };
    case '2':
      return { ...style, isDim: true };
    case '22':
      return { ...style, isBold: false, isDim: false };
    case '39':
      return { ...style, color: null };
    case '':
    case '0':
      return plain;
    default:
      return { ...style, color: palette[code] ?? style.color };
  }
}

function attributesOf({ color, isBold, isDim }: Style): string {
  return `${color === null ? '' : ` fill="${color}"`}${isBold ? ' font-weight="bold"' : ''}${isDim ? ' fill="#8b949e"' : ''}`;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
