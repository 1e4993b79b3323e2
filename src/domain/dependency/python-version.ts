/** PEP 440, Appendix B, without the post release of a lone dash, which is what divides names in files. */
const form = /^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>\d*))?(?:[-_.]?(?<post>post|rev|r)[-_.]?(?<postNumber>\d*))?(?:[-_.]?(?<dev>dev)[-_.]?(?<devNumber>\d*))?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const preNames: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', c: 'rc', pre: 'rc', preview: 'rc' };

/** One spelling for all versions that PEP 440 holds for equal, without zeros in the end; null for what is none. */
export function pythonVersion(text: string): string | null {
  const parts = text.length > 200 ? undefined : form.exec(text.trim().toLowerCase())?.groups;
  if (parts === undefined) return null;
  const { epoch = '', release = '', pre, preNumber, post, postNumber, dev, devNumber, local } = parts;
  const numbers = release.split('.').map(plain).join('.').replace(/(?:\.0)+$/, '');
  const rest = [pre === undefined ? '' : `${preNames[pre] ?? pre}${plain(preNumber)}`, post === undefined ? '' : `.post${plain(postNumber)}`, dev === undefined ? '' : `.dev${plain(devNumber)}`, local === undefined ? '' : `+${local.split(/[-_.]/).map((part) => (/^\d+$/.test(part) ? plain(part) : part)).join('.')}`];
  return `${plain(epoch)}!${numbers}${rest.join('')}`;
}

/** A number without zeros before it; none is 0. */
function plain(digits = ''): string {
  return digits.replace(/^0+(?=\d)/, '') || '0';
}
